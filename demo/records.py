"""The life of each invented record, step by step: entered, published, moved on, ended."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone, translation

from demo.days import Calendar
from demo.milestones import enter_milestones, plan_milestones
from demo.money import plan_money
from demo.reference import known_from
from demo.texts import content, in_columns, words
from initiatives import actions
from initiatives.choices import Publication
from initiatives.lifecycle import Status
from initiatives.models import (
    Country,
    Event,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeOrganisation,
    InitiativeSector,
    Organisation,
    Sector,
    Source,
)

People = dict[str, User]
_LATELY = -12  # when a record without a status was entered
_CORRECTED = -20
_CHECKED = -25
_FIRST_SOURCE = "demo-joint-statement"


class Entry:
    """A row of records.toml. `initiative` is read anew for each step, as a desk would read it."""

    def __init__(self, row: dict[str, Any], calendar: Calendar, people: People) -> None:
        self.row, self.calendar, self.people = row, calendar, people
        self.states = [text.split(" ", 1) for text in row.get("states", ())]
        self.begun = _offset(self.states[0][1]) + 1 if self.states else _LATELY
        self.code = ""

    @property
    def initiative(self) -> Initiative:
        return Initiative.objects.get(code=self.code)

    def date(self, name: str, place: int) -> Any:
        """The first or second of the two dates called `name`."""
        return self.calendar.date((self.row.get(name) or ["", ""])[place])

    def source(self, day: int | None = None) -> Source:
        """What the record cites; before that was published, the statement before it."""
        slug = self.row["source"]
        rows = {row["slug"]: int(row["published"]) for row in content("reference")["source"]}
        return Source.objects.get(slug=slug if day is None or rows[slug] <= day else _FIRST_SOURCE)


def plan_records(calendar: Calendar, people: People) -> dict[str, Entry]:
    """Put every step of every record on its day; gives the entries by their keys."""
    entries = {row["key"]: Entry(row, calendar, people) for row in content("records")["record"]}
    for number, entry in enumerate(entries.values()):
        calendar.on(entry.begun, lambda entry=entry: _enter(entry))
        plan_money(entry)
        plan_milestones(entry)
        _plan_event(entry)
        for to, since in entry.states:
            move = (entry, to, since, entries)
            calendar.on(_offset(since) + 1, lambda move=move: _move(*move))
        _plan_publication(entry)
        if "corrected" in entry.row:
            calendar.on(_CORRECTED, lambda entry=entry: _correct(entry))
        if number % 2 and entry.states and "publication" not in entry.row:
            calendar.on(_CHECKED, lambda entry=entry: _check(entry))
    return entries


def _offset(text: str) -> int:
    return int(text.split()[0])


def _enter(entry: Entry) -> None:
    row, by = entry.row, entry.people["editor"]
    made = Initiative(
        kind=row["kind"],
        planned_start=entry.date("planned", 0),
        planned_end=entry.date("planned", 1),
        internal_note=row.get("note", ""),
        **in_columns("title", row, missing=row.get("missing", "")),
        **in_columns("summary", words("summary", row["kind"]), missing=row.get("missing", "")),
    )
    if "embargo" in row:
        day = entry.calendar.today + timedelta(days=int(row["embargo"]))
        made.embargo_until = timezone.make_aware(datetime.combine(day, time(12)))
    actions.save(made, by=by)
    entry.code = made.code
    for iso2 in row["parties"].split():
        _add(InitiativeCountry, made, by, country=Country.objects.get(iso2=iso2), role="party")
    _share(made, row, by)
    for role, slug in (text.split() for text in row.get("organisations", ())):
        found = Organisation.objects.get(slug=slug)
        _add(InitiativeOrganisation, made, by, organisation=found, role=role)
    if "source" in row:
        source = entry.source(entry.begun)
        actions.cite(made, source, by=by, locator="P4")
    enter_milestones(entry)


def _add(model: Any, initiative: Initiative, by: User, **fields: Any) -> None:
    actions.save(model(initiative=initiative, **fields), by=by)


def _share(made: Initiative, row: dict[str, Any], by: User) -> None:
    """The main sector, or sectors with shares of which the first is the main one."""
    shares = [text.split() for text in row.get("shares", row["sector"]).split(",")]
    for place, (slug, *percent) in enumerate(shares):
        share = percent[0] if percent else None
        sector = Sector.objects.get(slug=slug)
        _add(InitiativeSector, made, by, sector=sector, percent=share, is_main=not place)


def _plan_event(entry: Entry) -> None:
    if "event" not in entry.row:
        return
    slug, relation = entry.row["event"].split()

    def link() -> None:
        event = Event.objects.get(slug=slug)
        _add(
            InitiativeEvent,
            entry.initiative,
            entry.people["publisher"],
            event=event,
            relation=relation,
        )

    entry.calendar.on(max(entry.begun, known_from(slug)), link)


def _move(entry: Entry, to: str, since: str, entries: dict[str, Entry]) -> None:
    row, source = entry.row, entry.source(_offset(since))
    details: dict[str, Any] = {"source": source, "locator": "P2", "record": {}}
    if to in (Status.SUSPENDED, Status.CANCELLED):
        details["reason"] = words("reason", row["reason"])
        details["decided_by"] = Country.objects.get(iso2=row["parties"].split()[0])
    if "continued_in" in row and to == Status.CANCELLED:
        details["continued_in"] = entries[row["continued_in"]].initiative
    if to == Status.IN_PROGRESS:
        details["record"] = {"actual_start": entry.date("actual", 0)}
    if to == Status.IMPLEMENTED:
        start, end = entry.date("actual", 0), entry.date("actual", 1)
        outcome = in_columns("outcome", words("outcome", row["outcome"]))
        details["record"] = {"actual_start": start, "actual_end": end, **outcome}
        details["record"] |= _delivered(row)
        details["approved_by"] = entry.people["publisher"]
    effective = entry.calendar.date(since)
    actions.enter_status(
        entry.initiative, to=to, by=entry.people["editor"], effective=effective, **details
    )


def _delivered(row: dict[str, Any]) -> dict[str, str]:
    if not row.get("partly"):
        return {"delivered": "full"}
    return {"delivered": "part", **in_columns("not_delivered", words("left", "second_part"))}


def _correct(entry: Entry) -> None:
    """The last status was a mistake, which stays in the history."""
    record = entry.initiative
    mistake = record.status_changes.order_by("number").last()
    to = entry.row["corrected"]
    since = next(text for status, text in entry.states if status == to)
    actions.enter_status(
        record,
        to=to,
        by=entry.people["publisher"],
        corrects=mistake,
        effective=entry.calendar.date(since),
        reason=words("reason", "mistake"),
        source=entry.source(),
        record={"actual_end": None},
    )


def _plan_publication(entry: Entry) -> None:
    calendar, people, becomes = entry.calendar, entry.people, entry.row.get("publication")
    if becomes is None:
        day = entry.begun + 1
        calendar.on(day, lambda: actions.publish(entry.initiative, by=people["publisher"]))
    elif becomes != Publication.DRAFT:
        submit = lambda: actions.submit_for_review(entry.initiative, by=people["editor"])  # noqa: E731
        calendar.on(-6, submit)
    if becomes == "returned":
        calendar.on(-4, lambda: _return(entry))
    if "withdrawn" in entry.row:
        day, why = entry.row["withdrawn"].split()
        reason = words("withdrawn", why)
        publisher = people["publisher"]
        calendar.on(
            int(day), lambda: actions.withdraw(entry.initiative, reason=reason, by=publisher)
        )


def _return(entry: Entry) -> None:
    with translation.override("en"):
        comment = "Which ministry leads it? Please cite the protocol, too."
        actions.return_to_draft(entry.initiative, by=entry.people["reviewer"], comment=comment)


def _check(entry: Entry) -> None:
    if entry.initiative.publication == Publication.PUBLISHED:
        actions.mark_checked(entry.initiative, by=entry.people["reviewer"])
