"""In which years a record is active.

From the year of its start, actual or else planned, to that of its end, which leaves the time open
where it is not known. A record with an end alone is active in the year of that end, one that ends
before it starts in none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyroaring import BitMap

from initiatives.editions.record import InitiativeRecord


@dataclass(frozen=True)
class ActiveYears:
    """`first` and `last` are the outermost years that the rows name, None if they name none."""

    first: int | None
    last: int | None
    _begun: list[tuple[int, int]]
    _ended: list[tuple[int, int]]

    def number(self, year: int) -> int:
        """How many rows are active in the year."""
        begun = sum(rows for begins, rows in self._begun if begins <= year)
        return begun - sum(rows for ends, rows in self._ended if ends < year)


class Years:
    def __init__(self) -> None:
        self._begins: dict[int, BitMap] = {}
        self._ends: dict[int, BitMap] = {}
        self._backwards: dict[int, BitMap] = {}  # named, but not active in any
        self._active: dict[int, BitMap] = {}

    def add(self, place: int, record: InitiativeRecord) -> None:
        begins = _year(record.actual_start or record.planned_start)
        ends = _year(record.actual_end or record.planned_end)
        self._active.clear()
        if begins and ends and ends < begins:
            _put(self._backwards, begins, place)
            _put(self._backwards, ends, place)
        elif begins or ends:
            _put(self._begins, begins or ends, place)
            if ends:
                _put(self._ends, ends, place)

    def rows(self, year: int) -> BitMap:
        """The rows that are active in the year."""
        if year not in self._active:
            begun = _union(rows for begins, rows in self._begins.items() if begins <= year)
            ended = _union(rows for ends, rows in self._ends.items() if ends < year)
            self._active[year] = begun - ended
        return self._active[year]

    def of(self, rows: BitMap) -> ActiveYears:
        begun, ended = _counted(self._begins, rows), _counted(self._ends, rows)
        backwards = _counted(self._backwards, rows)
        named = [year for counted in (begun, ended, backwards) for year, _number in counted]
        return ActiveYears(min(named, default=None), max(named, default=None), begun, ended)


def _year(text: str | None) -> int:
    return int(text[:4]) if text else 0


def _put(years: dict[int, BitMap], year: int, place: int) -> None:
    if year not in years:
        years[year] = BitMap()
    years[year].add(place)


def _union(bitmaps: Iterable[BitMap]) -> BitMap:
    return BitMap.union(BitMap(), *bitmaps)


def _counted(years: dict[int, BitMap], rows: BitMap) -> list[tuple[int, int]]:
    counted = ((year, rows.intersection_cardinality(other)) for year, other in years.items())
    return [(year, number) for year, number in counted if number]
