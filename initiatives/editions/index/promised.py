"""What was promised, as days with which another one is compared, and how far the end moved.

Days are their ordinals. Late is what is open after its last possible day.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
from pyroaring import BitMap

from initiatives.choices import Moved
from initiatives.editions.facts import is_open, span
from initiatives.editions.index.columns import Column, places_of, rows_at
from initiatives.editions.index.moves import END, NO_DAY, moved_in_all
from initiatives.editions.record import InitiativeRecord
from initiatives.lifecycle import OPEN
from initiatives.partial_dates import PartialDate
from initiatives.promises import latest_before, months_between

NEVER = np.iinfo(np.int32).max


class Promised:
    """By place: `end` is the last possible day of the planned end of what is open, `NEVER` without
    one; `days` are those by which the planned end moved in all, `NEVER` where it never did or was
    taken back.
    """

    def __init__(self) -> None:
        self.end, self._step = Column(np.int32, NEVER), Column(np.int32, NEVER)
        self.days, self._months = Column(np.int32, NEVER), Column(np.int32)
        self._with_steps, self._later = BitMap(), BitMap()

    def add(self, place: int, record: InitiativeRecord) -> None:
        if record.status in OPEN:
            if end := span(record.planned_end):
                self.end[place] = end.last.toordinal()
            if steps := [date.last for date in _open_steps(record)]:
                self._step[place] = min(steps).toordinal()
                self._with_steps.add(place)
        first, now = moved_in_all(record).get(END, (NO_DAY, NO_DAY))
        if now != NO_DAY:
            self.days[place] = now - first
        if now > first:
            self._months[place] = months_between(date.fromordinal(first), date.fromordinal(now))
            self._later.add(place)

    def with_late_step(self, rows: BitMap, day: int) -> BitMap:
        """Those of `rows` of which a milestone is late on the day."""
        places = places_of(rows & self._with_steps)
        return rows_at(places[self._step[places] < day])

    def late_by(self, rows: BitMap, months: int, day: int) -> BitMap:
        """Those of `rows` whose end had passed so many whole months before the day, or more."""
        places = places_of(rows)
        latest = latest_before(date.fromordinal(day), months).toordinal()
        return rows_at(places[self.end[places] <= latest])

    def moved_by(self, rows: BitMap, months: int) -> BitMap:
        """Those of `rows` whose end moved by so many whole months to a later one, or more."""
        places = places_of(rows & self._later)
        return rows_at(places[self._months[places] >= months])


def _open_steps(record: InitiativeRecord) -> Iterator[PartialDate]:
    """The dates of the milestones that are neither reached nor dropped."""
    dates = (span(step.planned) for step in record.milestones if is_open(step))
    return (date for date in dates if date is not None)


def where_it_moved(record: InitiativeRecord) -> Iterator[Moved]:
    """Each `Moved` that a record has."""
    moved = moved_in_all(record)
    first, now = moved.pop(END, (NO_DAY, NO_DAY))
    if now > first:
        yield Moved.LATER
    elif now != NO_DAY and now < first:
        yield Moved.EARLIER
    elif now == NO_DAY != first:
        yield Moved.TAKEN_BACK
    elif record.planned_end:
        yield Moved.NO
    if any(now > first for first, now in moved.values()):
        yield Moved.MILESTONE
