"""What is said of dates that can be stored and cannot be true."""

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.imports.planning.row_plan import RowPlan
from initiatives.rules import Finding, Flag, Reason

_SPANS = (
    (Reason.PLANNED_BACKWARDS, "planned_start", "planned_end"),
    (Reason.ENDED_BEFORE_START, "actual_start", "actual_end"),
)


def note_dates(row_plan: RowPlan) -> None:
    """Of dates that change in this row: an actual one that is to come, an end before its start."""
    for name in ("actual_start", "actual_end"):
        day = row_plan.value_of(name) if name in row_plan.after else None
        if day is not None and day.first > timezone.localdate():
            row_plan.cells.note(name, _("The date must not be in the future."))
    for reason, *names in _SPANS:
        start, end = map(row_plan.value_of, names)
        changed = [name for name in names if name in row_plan.after]
        if changed and start and end and end.last < start.first:
            finding = Finding(Flag.CONTRADICTION, reason, {"start": start, "end": end})
            row_plan.cells.note(changed[-1], finding.sentence())
