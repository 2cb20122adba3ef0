"""Which edition of each key holds at an instant.

It is the one with the highest number among those that have begun, so an edition holds from its
`since` until the earliest `since` of those after it. One that withdraws is no row, but ends
those before it. Instants are microseconds since 1970.
"""

from collections.abc import Iterable
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike
from pyroaring import BitMap

from initiatives.editions.index.columns import Column, places_of, rows_at

_END = np.iinfo(np.int64).max
NOBODY = 0  # positions begin at one


class Validity:
    """`current` are the rows of the instant to which it was last moved, `turned` the newest of
    their instants; `names` the keys by their numbers. Places are below `size`."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.current, self.turned = BitMap(), -_END
        self.key, self.holder = Column(np.int32, -1), Column(np.uint32, NOBODY)
        self._numbers: dict[str, int] = {}
        self._since, self._until = Column(np.int64, _END), Column(np.int64, -_END)
        self._before, self._shown = Column(np.uint32, NOBODY), Column(np.bool_, False)
        self._newest = Column(np.uint32, NOBODY)  # by key, as is the holder
        self.size, self._moved_to = 0, -_END
        self._unsettled: set[int] = set()
        self._pending: list[tuple[int, int]] = []

    def number_of(self, name: str) -> int:
        """The number by which a key is known here."""
        if (number := self._numbers.get(name)) is None:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
            self.holder[number] = self._newest[number] = NOBODY
        return number

    def has(self, name: str) -> bool:
        return name in self._numbers

    def add(self, place: int, name: str, since: int, *, shown: bool) -> None:
        """The next edition of a key, at the position `place`."""
        number = self.number_of(name)
        before = self._newest[number]
        self.key[place], self._since[place], self._until[place] = number, since, _END
        self._before[place], self._shown[place] = before, shown
        self._newest[number], self.size = place, place + 1
        # Ends never rise on the way back, since an earlier edition has more of them after it.
        while before != NOBODY and self._until[before] > since:
            self._until[before] = since
            before = self._before[before]
        self._unsettled.add(number)
        if since > self._moved_to:
            heappush(self._pending, (since, number))
        else:
            self.turned = max(self.turned, since)

    def before(self, place: int) -> int:
        """The edition of the same key that held until the one at `place` began, if any did."""
        before, since = self._before[place], self._since[place]
        while before != NOBODY and self._since[before] >= since:
            before = self._before[before]
        return int(before)

    def has_earlier(self, place: int) -> bool:
        """Whether its key has an edition with a lower number, also one that never held."""
        return bool(self._before[place] != NOBODY)

    def is_shown(self, place: int) -> bool:
        return bool(self._shown[place])

    def begun(self, places: ArrayLike) -> np.ndarray:
        """The instants at which the editions at these places begin."""
        return self._since[np.asarray(places, np.intp)]

    def drop(self, place: int) -> None:
        """What stood there is to be shown no more."""
        self._shown[place] = False
        self._unsettled.add(int(self.key[place]))

    def move(self, now: int) -> list[int]:
        """Let begin what has begun by `now`; the places that have become rows by it."""
        self._moved_to = max(now, self._moved_to)
        while self._pending and self._pending[0][0] <= self._moved_to:
            self.turned, number = heappop(self._pending)
            self._unsettled.add(number)
        places = [place for number in self._unsettled if (place := self._settle(number))]
        self._unsettled.clear()
        return places

    def rows(self, at: int) -> BitMap:
        """The rows that hold at the instant `at`, up to the one to which it was moved."""
        if at >= self.turned:
            return self.current
        since, until = self._since.upto(self.size), self._until.upto(self.size)
        held = (since <= at) & (until > at) & self._shown.upto(self.size)
        return rows_at(np.flatnonzero(held))

    def holders(self, rows: BitMap) -> np.ndarray:
        """By key the one of its editions that is among `rows`, which are those of an instant."""
        if rows is self.current:
            return self.holder.upto(len(self.names))
        places = places_of(rows)
        found = np.zeros(len(self.names), np.uint32)
        found[self.key[places]] = places
        return found

    def held(self, rows: BitMap, names: Iterable[str]) -> BitMap:
        """Those of `rows`, which are those of an instant, that are editions of these keys."""
        holders = self.holders(rows)
        numbers = [number for name in names if (number := self._numbers.get(name)) is not None]
        places = holders[np.array(numbers, np.intp)]
        return BitMap(places[places != NOBODY].tolist())

    def _settle(self, number: int) -> int:
        place = int(self._newest[number])
        while place != NOBODY and self._since[place] > self._moved_to:
            place = int(self._before[place])
        place = place if place != NOBODY and self._shown[place] else NOBODY
        held = int(self.holder[number])
        if held != place:
            self.current.discard(held)
            self.holder[number] = place
        if place != NOBODY:
            self.current.add(place)
        return place
