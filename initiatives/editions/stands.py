"""How an open record stands on a day: late, moved, its late milestones, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from initiatives.editions.facts import is_open, span
from initiatives.editions.index.moves import NO_DAY, end_moved
from initiatives.editions.record import InitiativeRecord
from initiatives.lifecycle import OPEN
from initiatives.partial_dates import PartialDate
from initiatives.promises import months_between
from initiatives.rules import Flag
from initiatives.rules.words import Finding


@dataclass(frozen=True, kw_only=True)
class Stands:
    """What has ended stands in no way: of it nothing is late any more.

    Months are whole ones, counted from last possible day. `months_late` are those since the planned
    end passed, `months_later` those by which it moved to a later one, each None if it did not.
    `late` has by the number of each late milestone the months since it was due. `steps` are the
    milestones that were not dropped. `next` is the date of the open milestone that comes next,
    `next_number` its number.
    """

    months_late: int | None = None
    months_later: int | None = None
    late: dict[int, int] = field(default_factory=dict)
    steps: int = 0
    next: PartialDate | None = None
    next_number: int | None = None


def stands_of(record: InitiativeRecord, findings: Iterable[Finding], today: date) -> Stands:
    """How `record` stands on the day `today`, of which the rules found `findings`."""
    if record.status not in OPEN:
        return Stands()
    planned = {
        step.number: date
        for step in record.milestones
        if is_open(step) and (date := span(step.planned)) is not None
    }
    coming = ((date, number) for number, date in planned.items() if date.last >= today)
    following, number = min(coming, default=(None, None))
    return Stands(
        months_late=_months_late(findings, today),
        months_later=_months_later(record),
        late={
            number: months_between(date.last, today)
            for number, date in planned.items()
            if date.last < today
        },
        steps=sum(is_open(step) or step.actual is not None for step in record.milestones),
        next=following,
        next_number=number,
    )


def _months_late(findings: Iterable[Finding], today: date) -> int | None:
    overdue = (found.values["end"] for found in findings if found.flag == Flag.OVERDUE)
    ends = (cast(PartialDate, end) for end in overdue)
    return next((months_between(end.last, today) for end in ends), None)


def _months_later(record: InitiativeRecord) -> int | None:
    first, now = end_moved(record) or (NO_DAY, NO_DAY)
    if now <= first:
        return None
    return months_between(date.fromordinal(first), date.fromordinal(now))
