"""An axis of whole years, and where on it the days lie of which partial dates speak."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from initiatives.partial_dates import PartialDate
from initiatives.public.charts.scale import percent

LABELS = 6  # years that are written at most, so that they fit on a telephone
YEARS_AROUND = 50  # years before and after this one; what lies farther off is cut
_STEPS = (1, 2, 5, 10, 20, 50)
_NARROWEST = 0.008  # of the axis: a single day must still be seen
_ROOM = 0.86  # of the axis: a year that begins later has no room for its label


class Stretch(NamedTuple):
    """Days, both included. `sure` says that all of them are meant, and not some among them."""

    first: date
    last: date
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A stretch on the axis, as shares of its width."""

    x: str
    width: str
    sure: bool


@dataclass(frozen=True, kw_only=True)
class Year:
    """`x` is where the year begins; only some of the years are written out."""

    year: int
    x: str
    written: bool


def stretches(start: PartialDate | None, end: PartialDate | None) -> list[Stretch]:
    """What two partial dates say of the time between them; an unknown one says nothing.

    A start in 2024 and an end in 2026 leave open when in those years, but 2025 is sure. Dates that
    contradict each other are shown as what they are: two dates.
    """
    if start is None or end is None or end.last < start.first:
        return [Stretch(day.first, day.last, day.is_exact) for day in (end, start) if day]
    if start.last >= end.first:
        sure = start.is_exact and end.is_exact
        return [Stretch(start.first, max(start.last, end.last), sure)]
    return [part for part in _parts(start, end) if part.first <= part.last]


def _parts(start: PartialDate, end: PartialDate) -> Iterator[Stretch]:
    day = timedelta(1)
    if not start.is_exact:
        yield Stretch(start.first, start.last, False)
    yield Stretch(
        start.first if start.is_exact else start.last + day,
        end.last if end.is_exact else end.first - day,
        True,
    )
    if not end.is_exact:
        yield Stretch(end.first, end.last, False)


@dataclass(frozen=True)
class Axis:
    """From the first day of the year `first` to the last day of the year `last`."""

    first: int
    last: int

    @classmethod
    def around(cls, dates: list[PartialDate], today: date) -> "Axis":
        """The axis that holds the dates and today."""
        first = min(today.year, *(day.first.year for day in dates))
        last = max(today.year, *(day.last.year for day in dates))
        return cls(max(first, today.year - YEARS_AROUND), min(last, today.year + YEARS_AROUND))

    @property
    def days(self) -> int:
        return (date(self.last, 12, 31) - date(self.first, 1, 1)).days + 1

    def _offset(self, day: date) -> int:
        return min(max((day - date(self.first, 1, 1)).days, 0), self.days)

    def place(self, day: date) -> str:
        return percent(self._offset(day), self.days)

    def years(self) -> list[Year]:
        numbers = range(self.first, self.last + 1)
        step = next(step for step in _STEPS if len(numbers) / step <= LABELS)
        return [
            Year(year=year, x=self.place(date(year, 1, 1)), written=self._is_written(year, step))
            for year in numbers
        ]

    def _is_written(self, year: int, step: int) -> bool:
        return year % step == 0 and self._offset(date(year, 1, 1)) <= _ROOM * self.days

    def marks(self, start: PartialDate | None, end: PartialDate | None) -> list[Mark]:
        marks = (self._mark(stretch) for stretch in stretches(start, end))
        return [mark for mark in marks if mark is not None]

    def _mark(self, stretch: Stretch) -> Mark | None:
        if stretch.last.year < self.first or stretch.first.year > self.last:
            return None
        first = self._offset(stretch.first)
        right = min(self._offset(stretch.last) + 1, self.days)
        width = max(right - first, _NARROWEST * self.days)
        left = min(first, self.days - width)
        return Mark(x=percent(left, self.days), width=percent(width, self.days), sure=stretch.sure)
