"""Milestones of the invented records, and promised dates that moved."""

from typing import TYPE_CHECKING

from django.utils import translation

from demo.texts import in_columns, words
from initiatives import actions
from initiatives.models import Milestone

if TYPE_CHECKING:
    from demo.records import Entry

_OPEN = "open"
_DROPPED_AFTER = 10  # days after the promised one


def enter_milestones(entry: "Entry") -> None:
    """The milestones with their promised dates, all open."""
    for what, planned, _end in _rows(entry):
        title = in_columns("title", words("milestone", what), missing=entry.row.get("missing", ""))
        made = Milestone(initiative=entry.initiative, planned=entry.calendar.date(planned), **title)
        actions.save(made, by=entry.people["editor"])
        if "source" in entry.row:
            actions.cite(made, entry.source(entry.begun), by=entry.people["editor"], locator="P7")


def plan_milestones(entry: "Entry") -> None:
    """Reach, drop and move them, each on its day."""
    for number, (_what, planned, end) in enumerate(_rows(entry), start=1):
        if end.startswith("dropped"):
            day = int(planned.split()[0]) + _DROPPED_AFTER
            reason = end.split()[1]
            entry.calendar.on(day, lambda n=number, why=reason: _drop(entry, n, why))
        elif end != _OPEN:
            entry.calendar.on(int(end) + 1, lambda n=number, day=end: _reach(entry, n, day))
    for text in entry.row.get("moves", ()):
        day, what, to, why = map(str.strip, text.split(";"))
        entry.calendar.on(int(day), lambda move=(what, to, why): _move(entry, *move))


def _rows(entry: "Entry") -> list[list[str]]:
    rows = entry.row.get("milestones", ())
    return [[part.strip() for part in text.split(";")] for text in rows]


def _stored(entry: "Entry", number: int) -> Milestone:
    return Milestone.objects.get(initiative__code=entry.code, number=number)


def _reach(entry: "Entry", number: int, day: str) -> None:
    milestone = _stored(entry, number)
    milestone.actual = entry.calendar.date(day)
    actions.save(milestone, by=entry.people["publisher"])


def _drop(entry: "Entry", number: int, why: str) -> None:
    milestone = _stored(entry, number)
    for column, text in in_columns("dropped_reason", words("dropped", why)).items():
        setattr(milestone, column, text)
    actions.save(milestone, by=entry.people["publisher"])


def _move(entry: "Entry", what: str, to: str, why: str) -> None:
    """`what` is a field of the record, or the number of a milestone."""
    row = _stored(entry, int(what)) if what.isdigit() else entry.initiative
    setattr(row, "planned" if what.isdigit() else what, entry.calendar.date(to))
    # The reason of a moved date is typed in one language, as at the desk.
    with translation.override("ru"):
        actions.save(row, by=entry.people["publisher"], reason=words("moved", why)["ru"])
