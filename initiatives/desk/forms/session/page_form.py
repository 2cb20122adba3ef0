"""All that the page of a session sends: the session, the pasted list and the rows of points."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.desk.forms.session.countries import CountryNames
from initiatives.desk.forms.session.facts_form import SessionFactsForm, StoredSessionForm
from initiatives.desk.forms.session.found_records import FoundRecords
from initiatives.desk.forms.session.numbered_list import read_points
from initiatives.desk.forms.session.point_form import MOST_POINTS, NEW, PointForm
from initiatives.desk.forms.session.stored_numbers import is_point_number, stored_points
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.lifecycle import NEED_LABELS, Need
from initiatives.models import ChangeSet, Event, Initiative, Sector
from initiatives.rights import Rights
from initiatives.text.plain_text import damage
from initiatives.text.titles import title_key

PREFIX = "points"
LONGEST_LIST = 100_000  # characters of a list that is pasted
_ROW = re.compile(rf"{PREFIX}-(\d{{1,4}})-\w+")
_AT = {
    Need.MAIN_SECTOR: "sector",
    Need.START: "day",
    Need.END: "day",
    Need.END_NOT_IN_FUTURE: "day",
    Need.OUTCOME: "outcome",
    Need.DELIVERED: "delivered",
    Need.NOT_DELIVERED: "not_delivered",
    Need.REASON: "decision",
    Need.DECIDING_SIDE: "responsible",
}


class SessionPageForm:
    """One visit. `data` is what was sent, None for a page that is opened; `event` is the stored
    one to which points are added."""

    def __init__(
        self, data: QueryDict | None, *, rights: Rights, event: Event | None = None
    ) -> None:
        self.rights, self.event = rights, event
        self.is_bound = data is not None
        self.data = QueryDict(mutable=True) if data is None else data.copy()
        self.countries = CountryNames()
        sectors = {str(one.pk): one for one in Sector.objects.all()}
        self._options: dict[str, Any] = {"countries": self.countries, "sectors": sectors}
        self._options["is_numbered"] = event is not None
        self.errors: list[str] = []
        self.paste_error = ""
        self.notes: list[str] = []
        self.must_look = False
        self._open()

    def _open(self) -> None:
        indexes = {int(found[1]) for found in map(_ROW.fullmatch, self.data) if found}
        self.too_many = len(indexes) > MOST_POINTS
        self._rows = sorted(indexes)[:MOST_POINTS]
        self._last = max(indexes, default=-1)
        options: dict[str, Any] = {"rights": self.rights, "countries": self.countries}
        sent = self.data if self.is_bound else None
        if self.event is None:
            self.facts = SessionFactsForm(sent, **options)
        else:
            self.facts = StoredSessionForm(sent, event=self.event, **options)
        if not self.is_bound:
            self.add_row()

    @property
    def token(self) -> str:
        """Of this form: the same one is stored once."""
        try:
            return str(uuid.UUID(self.data.get("token", "")))
        except ValueError:
            return str(uuid.uuid4())

    @property
    def saved_before(self) -> ChangeSet | None:
        """What came of this form when it was sent before."""
        return ChangeSet.objects.filter(token=self.token).first() if self.is_bound else None

    @property
    def paste(self) -> str:
        return self.data.get("paste", "")

    # Rows

    def add_row(self, **values: str) -> None:
        """One more row, with what is put into its boxes."""
        self._last = index = self._last + 1  # never that of a row that was there
        self._rows.append(index)
        blank = {
            "number": self._next_number(),
            "decision": "",
            "relation": "decided",
            "kind": "other",
        }
        for name, value in {**blank, **values}.items():
            self.data[f"{PREFIX}-{index}-{name}"] = value

    def _next_number(self) -> str:
        """The number after those that are stored or stand on the page; empty for a new session."""
        if self.event is None:
            return ""
        typed = (self.data.get(f"{PREFIX}-{row}-number", "") for row in self._rows)
        numbers = [int(one) for one in typed if is_point_number(one)]
        return str(max([stored_points(self.event, rights=self.rights), *numbers]) + 1)

    def add_blank_row(self) -> None:
        """One more row to type into, as long as it could be kept."""
        if len(self._rows) < MOST_POINTS:
            self.add_row()
        else:
            self.errors.append(_too_many())

    def make_rows(self) -> None:
        """The points of the pasted list become rows below those that hold something."""
        text = WholeTextFormField(required=False).to_python(self.paste) or ""
        try:
            MaxLengthValidator(LONGEST_LIST)(text)
        except ValidationError as long:
            self.paste_error = long.messages[0]
            return
        if wrong := damage(text):
            self.paste_error = str(wrong)
            return
        read = read_points(text, self.countries.begun_with)
        kept = [form for form in self._bound() if not form.is_blank]
        if len(kept) + len(read) > MOST_POINTS:
            told = {"most": MOST_POINTS, "found": len(read)}
            message = _("The list has %(found)s points. At most %(most)s are entered at once.")
            self.paste_error = str(message % told)
            return
        if not read:
            self.paste_error = str(_("There is no list here yet: paste it, then make the rows."))
            return
        self._rows = [int(str(form.prefix).rpartition("-")[2]) for form in kept]
        for one in read:
            names = {"number": one.number, "decision": one.text}
            self.add_row(**names, responsible=one.side, deadline=one.deadline)
        self._tell_read(read)
        self.data["paste"] = ""

    def _tell_read(self, read: Any) -> None:
        terms, sides = (
            sum(bool(getattr(one, name)) for one in read) for name in ("deadline", "side")
        )
        told = {"points": len(read), "terms": terms, "sides": sides}
        text = _("Read from the list: points: %(points)s, deadlines: %(terms)s, sides: %(sides)s.")
        self.notes.append(str(text % told))

    def _bound(self) -> list[PointForm]:
        return [
            PointForm(self.data, prefix=f"{PREFIX}-{row}", **self._options) for row in self._rows
        ]

    # Understanding

    def understand(self) -> None:
        """Find the records of all rows; what is found by guessing is for the officer to look at."""
        self.points = self._bound()
        if self.facts.is_bound:
            self.facts.is_valid()
        self.found = FoundRecords(self.rights, self.facts.countries_taking_part)
        self.must_look = self.found.match([form for form in self.points if not form.is_blank])

    @property
    def filled(self) -> list[PointForm]:
        return [form for form in self.points if not form.is_blank]

    def is_valid(self) -> bool:
        """Whether all can be entered; what is wrong stands at its field."""
        if self.too_many:
            self.errors.append(_too_many())
        if self.paste.strip():
            self.paste_error = str(_("Make rows of this list first, or empty the box."))
        if not self.filled:
            self.errors.append(str(_("Enter one point at least.")))
        fine = [form.is_valid() for form in self.filled]
        self.found.check(self.filled)
        for form in self.filled:
            form.refuse_unused()
        self._one_status_each()
        return (
            self.facts.is_valid()
            and all(fine)
            and not any(form.errors for form in self.filled)
            and not (self.errors or self.paste_error)
        )

    def _one_status_each(self) -> None:
        first: dict[str, PointForm] = {}
        for form in self.filled:
            if not form.cleaned_data.get("to"):
                continue
            key = self._key(form)
            if key in first:
                told = {"number": first[key].typed("number") or "–"}
                message = _("Point %(number)s already gives this record a status; keep only one.")
                form.add_error("to", ValidationError(message, code="twice", params=told))
            elif not key:
                message = _("A status belongs to a record: choose one, or make a new one.")
                form.add_error("to", ValidationError(message, code="no_record"))
            first.setdefault(key, form)

    def _key(self, form: PointForm) -> str:
        """The same for rows of one record; empty where a row has none."""
        choice = form.typed("choice")
        if choice == NEW:
            return f"{NEW} {title_key(form.typed('initiative'))}"
        return choice if choice.isdecimal() else ""

    # Saving

    def enter(self) -> ChangeSet | None:
        """Store it all. None where an action refuses, with the errors at their rows."""
        session = actions.Session(
            event=self.facts.event(),
            source=self.facts.protocol(),
            sides=self.facts.countries_taking_part,
            language=self.facts.cleaned_data["language"],
        )
        try:
            points = list(self._points(session.language))
            return actions.enter_session(
                session, points, rights=self.rights, token=uuid.UUID(self.token)
            )
        except actions.PointsRefused as refused:
            for row, errors in refused.rows.items():
                for error in errors:
                    _show(self.filled[row], error)
        except ValidationError as refused:
            self.errors += refused.messages
        return None

    def _points(self, language: str) -> Iterator[actions.Point]:
        new: dict[str, Initiative] = {}
        for row, form in enumerate(self.filled):
            record, cleaned = self.found.record_of(form), form.cleaned_data
            if form.typed("choice") == NEW:
                texts = {f"title_{language}": cleaned["initiative"], "kind": cleaned["kind"]}
                record = new.setdefault(self._key(form), Initiative(**texts))
            names = "number decision to responsible deadline milestone day outcome sector"
            names += " delivered not_delivered"
            values = {name: cleaned[name] for name in names.split()}
            yield actions.Point(
                row=row, initiative=record, relation=cleaned["relation"] or "decided", **values
            )


def _too_many() -> str:
    return str(_("At most %(most)s points are entered at once.") % {"most": MOST_POINTS})


def _show(form: PointForm, wrong: ValidationError) -> None:
    """What is missing or wrong stands at the box that it concerns, the rest at the row."""
    if hasattr(wrong, "error_dict"):
        for name, errors in wrong.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
        return
    needs = getattr(wrong, "needs", None)
    if needs is None:
        form.add_error(None, wrong.messages)
        return
    for need in needs:
        form.add_error(_AT.get(need, "to"), NEED_LABELS[need])
