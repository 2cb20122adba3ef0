"""A status together with what it needs of the record: one save, or one request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import save
from initiatives.actions.recording import save_record
from initiatives.actions.statuses import change_status, check_last
from initiatives.choices import EditionCause
from initiatives.models import Citation, Initiative, Milestone, Source, StatusChange
from initiatives.notation import date_in_words
from initiatives.partial_dates import PartialDate
from initiatives.publication import publishing

ENDS_FIRST = _(
    "The actual end (%(end)s) is before the actual start (%(start)s). Correct the one that is "
    "wrong; both can be changed here."
)


@dataclass(frozen=True, kw_only=True)
class MilestoneEnd:
    """How an open milestone ended: reached on the day `actual`, or dropped for a reason.

    `dropped_reason` maps languages to texts, `locator` is the place in the source of the status.
    """

    number: int
    actual: PartialDate | None = None
    dropped_reason: Mapping[str, str] = field(default_factory=dict)
    locator: str = ""


@publishing(EditionCause.STATUS)
def enter_status(
    initiative: Initiative,
    *,
    to: str,
    by: User | None,
    record: Mapping[str, Any] | None = None,
    milestones: Iterable[MilestoneEnd] = (),
    corrects: StatusChange | None = None,
    **details: Any,
) -> StatusChange:
    """Give the fields that `record` names their values, end the `milestones`, enter the status.

    `details` are those of `change_status`; its source is cited for the milestones, too. Raises
    Refused, and nothing is done, where dates stand in the wrong order or a milestone has ended
    meanwhile, and NeedsMissing with what the status still lacks.
    """
    stored = Initiative.objects.select_for_update().get(pk=initiative.pk)
    for name, value in (record or {}).items():
        setattr(stored, name, value)
    if record:
        _refuse_end_before_start(stored)
        save(stored, by=by)
    for end in milestones:
        _end(stored, end, details.get("source"), details.get("locator", ""), by)
    if corrects is not None:
        check_last(corrects)
    return change_status(stored, to=to, by=by, corrects=corrects, **details)


def _refuse_end_before_start(record: Initiative) -> None:
    """Only where it is certain: a year may hold both."""
    start, end = record.actual_start, record.actual_end
    if start and end and end.last < start.first:
        dates = {"start": date_in_words(start), "end": date_in_words(end)}
        raise Refused({"actual_end": ValidationError(ENDS_FIRST, code="order", params=dates)})


def _end(
    record: Initiative, end: MilestoneEnd, source: Source | None, place: str, by: User | None
) -> None:
    milestones = Milestone.objects.select_for_update()
    milestone = milestones.filter(initiative=record, number=end.number).first()
    if milestone is None or not milestone.is_open:
        message = _("“%(row)s” was ended or removed in the meantime. Look at the record first.")
        raise Refused(message, code="conflict", params={"row": milestone or end.number})
    milestone.actual = end.actual
    for language, text in end.dropped_reason.items():
        setattr(milestone, f"dropped_reason_{language}", text)
    save(milestone, by=by)
    if source is not None:
        _cite(milestone, source, end.locator or place, by)


def _cite(milestone: Milestone, source: Source, locator: str, by: User | None) -> None:
    cited = {"source": source, "locator": locator, "milestone": milestone}
    if not Citation.objects.filter(**cited).exists():
        save_record(Citation(**cited), by=by)
