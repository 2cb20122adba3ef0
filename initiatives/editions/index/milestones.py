"""The milestones that are neither reached nor dropped."""

from collections.abc import Callable

import numpy as np

from initiatives.editions.facts import is_open, span
from initiatives.editions.index.columns import Column, Lines
from initiatives.editions.record import InitiativeRecord

_UNKNOWN = -1
_LAST = np.iinfo(np.int32).max
_NOBODY = -1
Ranks = Callable[[np.ndarray], np.ndarray]


class Milestones:
    def __init__(self) -> None:
        self._lines, self._place, self._number = Lines(), Column(np.uint32), Column(np.int32)
        self._first, self._last = Column(np.int32, _LAST), Column(np.int32, _UNKNOWN)
        self._side, self._sides = Column(np.int32, _NOBODY), list[str]()

    def add(self, place: int, record: InitiativeRecord) -> None:
        steps = [step for step in record.milestones if is_open(step)]
        for line, step in zip(self._lines.append(place, len(steps)), steps, strict=True):
            self._place[line], self._number[line] = place, step.number
            if planned := span(step.planned):
                self._first[line] = planned.first.toordinal()
                self._last[line] = planned.last.toordinal()
            if step.responsible:
                self._side[line] = self._side_of(step.responsible)

    def next(self, places: np.ndarray, ranks: Ranks, day: int, limit: int) -> list[int]:
        """The first `limit` lines of the places whose date is still to come on the day, the next
        first.

        `ranks` gives for places those of their codes.
        """
        lines = self._lines.of(places)
        return self._first_of(lines[self._last[lines] >= day], ranks, limit)

    def by_side(
        self, places: np.ndarray, ranks: Ranks, limit: int
    ) -> dict[str | None, tuple[list[int], int]]:
        """The first `limit` lines of each side that is responsible and the number of all of them,
        those of nobody in particular at the end; what has no date comes last."""
        lines = self._lines.of(places)
        sides = self._side[lines]
        found = {}
        for side in sorted(np.unique(sides).tolist(), key=self._order_of_side):
            own = lines[sides == side]
            name = None if side == _NOBODY else self._sides[side]
            found[name] = self._first_of(own, ranks, limit), len(own)
        return found

    def where(self, line: int) -> tuple[int, int]:
        """The place of the initiative of a line, and the number of the milestone there."""
        return int(self._place[line]), int(self._number[line])

    def _first_of(self, lines: np.ndarray, ranks: Ranks, limit: int) -> list[int]:
        """Only what can be among the first is put in order."""
        if len(lines) > limit:
            first = self._first[lines]
            lines = lines[first <= np.partition(first, limit)[limit]]
        places = self._place[lines]
        keys = (self._number[lines], ranks(places), self._last[lines], self._first[lines])
        return lines[np.lexsort(keys)][:limit].tolist()

    def _order_of_side(self, side: int) -> tuple[bool, str]:
        return side == _NOBODY, "" if side == _NOBODY else self._sides[side]

    def _side_of(self, iso2: str) -> int:
        if iso2 not in self._sides:
            self._sides.append(iso2)
        return self._sides.index(iso2)
