"""What lies before the officers of the copy: requests, a session, an import, statuses for many."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo.days import Calendar
from demo.records import Entry, People
from demo.reference import address
from demo.texts import FOLDER, in_columns, words
from initiatives import actions
from initiatives.actions import error_reports
from initiatives.choices import EventKind, EventPublication, SourceKind
from initiatives.imports.planning import fingerprint, keep_plan, make_plan
from initiatives.imports.reading import open_table
from initiatives.models import ChangeRequest, Country, Event, Initiative, Sector, Source
from initiatives.rights import Rights

FILE = "demonstration.csv"
SESSION = {
    "en": "Second session of the training commission (invented)",
    "ru": "Второе заседание учебной комиссии (вымышлено)",
    "uz": "Oʻquv komissiyasining ikkinchi majlisi (oʻylab topilgan)",
    "kk": "Оқу комиссиясының екінші отырысы (ойдан шығарылған)",
}


def plan_waiting(calendar: Calendar, people: People, entries: dict[str, Entry]) -> None:
    """The last days before the copy is made."""
    calendar.on(-16, lambda: _import(calendar, people))
    calendar.on(-15, lambda: _statuses(calendar, people, entries))
    calendar.on(-14, lambda: _session(calendar, people, entries))
    calendar.on(-8, lambda: _refused(people, entries["festival"]))
    calendar.on(-4, lambda: _reported(entries["festival"]))
    calendar.on(-3, lambda: _text(people, entries["university"]))
    calendar.on(-3, lambda: _money(people, entries["fleet"]))
    calendar.on(-2, lambda: _status(calendar, people, entries["bridge"]))
    calendar.on(-1, lambda: _moved(calendar, people, entries["dairy"]))


def _asked(entry: Entry, by: Any, act: Callable[[Any], Any], because: str = "") -> ChangeRequest:
    """What the editor does to a published record, which therefore waits."""
    record = entry.initiative
    gate = actions.ApprovalGate(record, rights=Rights(by))
    gate.moved_because = because
    gate.run(lambda: act(record))
    assert gate.request is not None
    return gate.request


def _text(people: People, entry: Entry) -> None:
    def act(record: Any) -> None:
        record.summary_en = f"{record.summary_en} The first students come from four regions."
        record.summary_ru = f"{record.summary_ru} Первые студенты приедут из четырёх областей."
        actions.save(record, by=people["editor"])

    _asked(entry, people["editor"], act)


def _money(people: People, entry: Entry) -> None:
    def act(record: Any) -> None:
        line = record.funding.order_by("number").first()
        line.amount = "71500000"
        actions.save(line, by=people["editor"])

    _asked(entry, people["editor"], act)


def _refused(people: People, entry: Entry) -> None:
    """A request that came back with a comment, for the editor to mend."""

    def act(record: Any) -> None:
        record.description_en = "Forty storytellers from three valleys."
        actions.save(record, by=people["editor"])

    request = _asked(entry, people["editor"], act)
    comment = "The protocol speaks of thirty. Please look again and cite the place."
    actions.reject_request(request, by=people["reviewer"], comment=comment)


def _reported(entry: Entry) -> None:
    """What a reader says is wrong."""
    error_reports.report_error(
        entry.initiative,
        wrong="Фестиваль шёл три дня, а не два.",
        evidence="Программа фестиваля, страница 1",
        email="",
        language="ru",
    )


def _moved(calendar: Calendar, people: People, entry: Entry) -> None:
    def act(record: Any) -> None:
        record.planned_end = calendar.date("+520 half")
        actions.save(record, by=people["editor"], reason=words("moved", "tender")["en"])

    _asked(entry, people["editor"], act, words("moved", "tender")["en"])


def _status(calendar: Calendar, people: People, entry: Entry) -> None:
    """“Implemented”, with the last milestone and the outcome, waits for a second person."""
    record, editor = entry.initiative, people["editor"]
    day = calendar.date("-5")
    step = actions.MilestoneEnd(number=3, actual=day, locator="P11")
    gate = actions.ApprovalGate(record, rights=Rights(editor), asks=True)
    gate.run(
        lambda: actions.enter_status(
            record,
            to="implemented",
            by=editor,
            effective=day,
            record={
                "actual_end": day,
                "delivered": "full",
                **in_columns("outcome", words("outcome", "open")),
            },
            milestones=[step],
            source=entry.source(),
            locator="P11",
            awaits_approval=True,
        )
    )


def _statuses(calendar: Calendar, people: People, entries: dict[str, Entry]) -> None:
    """One status for several records, which can be taken back for all of them."""
    publisher, names = people["publisher"], ("vineyards", "school")
    source = entries["vineyards"].source()
    start = calendar.date("-18")

    def act(record: Any) -> Any:
        return actions.enter_status(
            record,
            to="in_progress",
            by=publisher,
            effective=start,
            source=source,
            locator="P6",
            record={"actual_start": start},
        )

    rows = [entries[name].initiative for name in names]
    actions.for_each_jointly(rows, act, by=publisher, skip_failing=False)


def _session(calendar: Calendar, people: People, entries: dict[str, Entry]) -> None:
    """A joint entry by an editor: what is public of it waits as one."""
    slug = "demo-session-2"
    event = Event(
        slug=slug,
        kind=EventKind.COMMISSION,
        publication=EventPublication.PUBLISHED,
        start=calendar.date("-15"),
        uid=uuid5(NAMESPACE_URL, address(slug)),
        **in_columns("title", SESSION),
    )
    source = Source(
        slug="demo-protocol-3",
        kind=SourceKind.PROTOCOL,
        language="ru",
        title="Протокол № 3 совместной комиссии (учебный пример)",
        publisher="Совместная учебная комиссия",
        url=address("demo-protocol-3"),
        published=calendar.date("-15"),
    )
    sides = list(Country.objects.filter(iso2__in=("UZ", "KZ")))
    session = actions.Session(event=event, source=source, sides=sides, language="ru")
    points = [
        actions.Point(
            row=0, number="1", decision="Утвердить график работ до конца года.",
            initiative=entries["textile"].initiative, deadline=calendar.date("+90 month"),
            milestone="График работ утверждён", responsible=sides[0],
        ),
        actions.Point(
            row=1, number="2", decision="Приступить к строительству линии электропередачи.",
            initiative=entries["power-line"].initiative, to="in_progress",
            day=calendar.date("-16"),
        ),
        actions.Point(
            row=2, number="3", decision="Создать общий центр подготовки машинистов.",
            initiative=_draft("Общий центр подготовки машинистов"), kind="education",
            sector=Sector.objects.get(slug="education"), to="planned",
        ),
        actions.Point(
            row=3, number="4", decision="Провести выставку народных ремёсел.",
            initiative=_draft("Выставка народных ремёсел"), kind="programme",
            sector=Sector.objects.get(slug="culture"), to="planned",
        ),
        actions.Point(row=4, number="5", decision="Следующее заседание провести через полгода."),
    ]  # fmt: skip
    token = uuid5(NAMESPACE_URL, address("session"))
    actions.enter_session(session, points, rights=Rights(people["editor"]), token=token)


def _draft(title: str) -> Any:
    return Initiative(title_ru=title, kind="other")


def _import(calendar: Calendar, people: People) -> None:
    """A file of three new records, which the editor may still take back."""
    text = (FOLDER / "import.csv").read_text(encoding="utf-8")
    year = str(calendar.today.year - 1)
    file = BytesIO(text.replace("{year}", year).encode())
    rights = Rights(people["editor"])
    plan = make_plan(open_table(file, FILE, rights=rights), rights=rights)
    batch = keep_plan(plan, name=FILE, sha256=fingerprint(file), by=people["editor"])
    actions.imports.apply(batch, by=people["editor"])
