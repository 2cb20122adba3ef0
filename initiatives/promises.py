"""What was promised and what came of it: milestones that were reached, ends that moved."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from initiatives.partial_dates import PartialDate

if TYPE_CHECKING:
    from initiatives.models import Initiative, Milestone


@dataclass(frozen=True)
class Progress:
    """How far the milestones are that still count; those that were dropped do not.

    `percent` goes by weight, so it can differ from `reached` of `total`.
    """

    reached: int
    total: int
    dropped: int
    percent: int

    @classmethod
    def of(cls, milestones: "Collection[Milestone]") -> "Progress":
        kept = [step for step in milestones if not step.is_dropped]
        reached = [step for step in kept if step.actual is not None]
        weight = sum(step.weight for step in kept)
        done = sum(step.weight for step in reached)
        share = 100 * done // weight if weight else 0
        return cls(len(reached), len(kept), len(milestones) - len(kept), share)


def months_between(first: date, last: date) -> int:
    """How many whole months lie between two days; from the end of a month to that of another one
    they are whole, however long the two are."""
    months = 12 * (last.year - first.year) + last.month - first.month
    is_end = (last + timedelta(1)).month != last.month if last < date.max else True
    return months - (last.day < first.day and not is_end)


def latest_before(day: date, months: int) -> date:
    """The last of the days that lie so many whole months before `day`, or more.

    Raises ValueError if there is none in the calendar.
    """
    month = 12 * day.year + day.month - 1 - months
    year, month = divmod(month, 12)
    longest = monthrange(year, month + 1)[1]
    is_end = (day + timedelta(1)).month != day.month if day < date.max else True
    return date(year, month + 1, longest if is_end else min(day.day, longest))


@dataclass(frozen=True)
class Slippage:
    """The end that was promised first, the one that is promised now, and how often it moved."""

    first: PartialDate | None
    now: PartialDate | None
    moves: int

    @classmethod
    def of(cls, initiative: "Initiative") -> "Slippage | None":
        """None if the promised end never moved."""
        revisions = initiative.date_revisions.all()
        moved = [row for row in revisions if row.field == "planned_end"]
        if not moved:
            return None
        first = initiative.first_planned_end or moved[0].old
        return cls(first, initiative.planned_end, len(moved))
