"""The public events, now and at any instant: which are still to come, and which have a date."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import numpy as np
from pyroaring import BitMap

from initiatives.choices import EventState
from initiatives.editions.facts import span
from initiatives.editions.index.columns import Column, places_of
from initiatives.editions.index.event_lists import EventLists, Line
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.validity import Validity
from initiatives.editions.record import EventRecord

_UNKNOWN = -1
_STATES = list(EventState)


class Events:
    """The rows are `positions` in the register of editions of events; `organisations` are those of
    each that is named, by slug, `sides` those with exactly these countries, by their codes."""

    def __init__(self) -> None:
        self.validity, self.positions = Validity(), BitMap()
        self.organisations: dict[str, BitMap] = {}
        self.sides: dict[frozenset[str], BitMap] = {}
        self._first, self._last = Column(np.int32, _UNKNOWN), Column(np.int32, _UNKNOWN)
        self._begins, self._state = Column(np.int32, _UNKNOWN), Column(np.int8, _UNKNOWN)
        self._lists: tuple[int, BitMap, EventLists] | None = None

    def add(self, position: int, slug: str, since: datetime, record: EventRecord | None) -> None:
        """The next edition of an event; one that shows nothing has no record."""
        self.validity.add(position, slug, microseconds(since), shown=record is not None)
        self.positions.add(position)
        if record is None:
            return
        start = span(record.start)
        begins = start or span(record.end)
        if start:
            self._first[position] = start.first.toordinal()
            self._last[position] = start.last.toordinal()
        if begins:
            self._begins[position] = begins.first.toordinal()
        self.sides.setdefault(frozenset(record.countries), BitMap()).add(position)
        for organisation in record.organisations:
            self.organisations.setdefault(organisation, BitMap()).add(position)
        self._state[position] = _STATES.index(EventState(record.state))

    def slugs(self, places: Iterable[int]) -> list[str]:
        names, key = self.validity.names, self.validity.key
        return [names[key[place]] for place in places]

    def lists(self, rows: BitMap, day: int) -> EventLists:
        """The lists of `rows` on the day, which are made anew only if either is another."""
        if self._lists is None or self._lists[:2] != (day, rows):
            self._lists = (day, BitMap(rows), EventLists(self._lines(rows), day))
        return self._lists[2]

    def _lines(self, rows: BitMap) -> Iterator[Line]:
        places = places_of(rows)
        columns = (column[places].tolist() for column in (self._state, self._first, self._last))
        for place, slug, state, first, last in zip(
            places.tolist(), self.slugs(places), *columns, strict=True
        ):
            yield Line.of(place, slug, _STATES[state], max(first, 0), max(last, 0))

    def dated(self, rows: BitMap) -> tuple[np.ndarray, np.ndarray]:
        """Those that have a date, the latest first, and those that have none."""
        places = places_of(rows)
        is_dated = self._begins[places] != _UNKNOWN
        dated = self._sorted(places[is_dated], self._begins, sign=-1)
        return dated, self._sorted(places[~is_dated])

    def _sorted(
        self, places: np.ndarray, column: Column | None = None, sign: int = 1
    ) -> np.ndarray:
        """By the column, and where that is the same by slug."""
        ties = self.slugs(places)
        values = sign * column[places] if column else np.zeros(len(places))
        order = sorted(range(len(places)), key=lambda n: (values[n], ties[n]))
        return places[np.array(order, np.intp)]
