"""The public events in the orders of their lists."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import islice
from typing import Any, NamedTuple

from initiatives.choices import EventState

_TO_COME = (EventState.PLANNED, EventState.CONFIRMED, EventState.POSTPONED)


class Line(NamedTuple):
    """An event at a `position` of the register; the latest comes first, and what has no date last.

    `first` and `last` are the ordinals of the possible days of its start, both 0 without a date.
    """

    is_undated: bool
    first_before: int
    last_before: int
    slug: str
    position: int
    state: str

    @classmethod
    def of(cls, position: int, slug: str, state: str, first: int, last: int) -> "Line":
        return cls(first == 0, -first, -last, slug, position, state)

    @property
    def first(self) -> int:
        return -self.first_before

    @property
    def last(self) -> int:
        return -self.last_before

    @property
    def place(self) -> tuple[Any, ...]:
        """What tells where it stands, and nothing else."""
        return tuple(self[:4])


class EventLists:
    """Made once for all requests of a day between two changes of events."""

    def __init__(self, lines: Iterable[Line], day: int) -> None:
        self.newest = sorted(lines)
        coming = [line for line in self.newest if _is_to_come(line, day)]
        coming.sort(key=lambda line: (line.is_undated, line.first, line.last, line.slug))
        self.coming = coming
        self.not_stated = [line for line in self.newest if _is_not_stated(line)]
        self.past = [
            line for line in self.newest if not _is_to_come(line, day) and not _is_not_stated(line)
        ]

    def beyond(self, place: list[Any] | None, size: int, *, back: bool) -> list[Line]:
        """The `size` lines after a place, or those before it, the nearest first."""
        if place is None:
            return self.newest[:size]
        if back:
            end = bisect_left(self.newest, tuple(place), key=lambda line: line.place)
            return list(islice(reversed(self.newest[:end]), size))
        begin = bisect_right(self.newest, tuple(place), key=lambda line: line.place)
        return self.newest[begin : begin + size]


def _is_to_come(line: Line, day: int) -> bool:
    """One of which the state is not stated is to come if its date is."""
    if line.is_undated:
        return line.state in _TO_COME
    return line.last >= day and line.state in (*_TO_COME, EventState.NOT_STATED)


def _is_not_stated(line: Line) -> bool:
    """Nobody stated the date, nor whether it was held."""
    return line.is_undated and line.state == EventState.NOT_STATED
