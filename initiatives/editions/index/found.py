"""What a selection finds in the index, and every figure of it."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from pyroaring import BitMap

from initiatives.choices import MONTHS_SHOWN
from initiatives.editions.index.columns import places_of, rows_at
from initiatives.editions.index.flags import BY_DAY
from initiatives.editions.index.found_entries import FoundEntries
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.keyset import Place, Sorted
from initiatives.editions.index.memo import memoised
from initiatives.editions.index.options import counted
from initiatives.editions.index.orders import Order
from initiatives.editions.index.selection import Selection
from initiatives.editions.index.years import ActiveYears
from initiatives.totals import Total

if TYPE_CHECKING:
    from initiatives.editions.index.reading import Reading


class Found:
    """The rows of a selection. A facet counts among its alternatives: the rows that the other
    parameters leave, and where all countries must take part, those that have the chosen ones."""

    def __init__(self, reading: "Reading", selection: Selection) -> None:
        self.reading, self.selection = reading, selection
        self._content = reading.content

    @cached_property
    def memo_key(self) -> Hashable | None:
        """What a search has found is another thing each time. What is in a sector depends on what
        is known of its parts besides the register."""
        if self.selection.matching is not None:
            return None
        sectors = self.sectors_key if self.selection.sector else None
        return self.reading.memo_key, self.selection, sectors

    @property
    def memo(self) -> dict[Hashable, object]:
        return self.reading.memo

    @property
    def sectors_key(self) -> Hashable:
        return frozenset(self.reading.whole_of_sectors.items())

    @cached_property
    def _chosen(self) -> dict[str, BitMap]:
        return {name: self._rows_of(name) for name in self.selection.chosen}

    @property
    def total(self) -> int:
        return self._number_without("")

    @cached_property
    def positions(self) -> BitMap:
        return self._narrowed("")

    def alternatives(self, name: str) -> BitMap:
        refused = self.selection.refused
        if name in ("country", "party") and self.selection.all_countries and name not in refused:
            return self.positions
        return self.positions if not self._narrows(name) else self._narrowed(name)

    def tally(self, name: str) -> dict[str, int]:
        """How many rows each value of a facet would choose, of those that would choose any.

        `organisations` and `years` are counted by methods of their own.
        """
        return self._tally(name, self.sectors_key if name == "sector" else None)

    @memoised
    def _tally(self, name: str, _sectors_key: Hashable) -> dict[str, int]:
        rows = self.alternatives(name)
        if (known := self._of_the_day(name)) is not None:
            return counted(known, rows)
        found = self._content.options.tally(name, rows)
        return found | counted(self.reading.flags, rows) if name == "flag" else found

    def organisations(self, limit: int, also: Iterable[str] = ()) -> dict[str, int]:
        """The tally of the `limit` organisations with the most rows, and of those of `also`."""
        return self._organisations(limit, tuple(also))

    @memoised
    def _organisations(self, limit: int, also: tuple[str, ...]) -> dict[str, int]:
        rows = self.alternatives("organisation")
        return self._content.options.organisations(rows, limit, also)

    @memoised
    def years(self) -> ActiveYears:
        return self._content.years.of(self.alternatives("year"))

    @memoised
    def page(self, order: str, start: int, stop: int, *, language: str | None) -> list[int]:
        """The positions from `start` up to `stop` in one of the orders of the list.

        `language` is the reader's, by whose titles and alphabet the order “title” goes.
        """
        return self.in_order(order, start, stop, language=language).tolist()

    def in_order(self, order: str, start: int, stop: int, *, language: str | None) -> np.ndarray:
        """The same as an array, which of a million positions takes four million bytes."""
        places = places_of(self.positions)
        keys = self._content.validity.key[places]
        return self._content.orders.page(places, keys, self._order(order, language), start, stop)

    def _order(self, name: str, language: str | None) -> Order:
        return Order(name, language, self.reading.day)

    def entries(self, **within: Any) -> FoundEntries:
        """What became known of the rows; `within` narrows it, see `FoundEntries`."""
        return FoundEntries(self._content, self.positions, **within)

    def keys(self, order: str, start: int, stop: int, *, language: str | None) -> list[str]:
        """The codes of the initiatives of that page."""
        return self.reading.keys(self.page(order, start, stop, language=language))

    def beyond(
        self,
        order: str,
        place: Place | None,
        number: int,
        *,
        back: bool = False,
        language: str | None,
    ) -> list[Place]:
        """The first `number` rows after a place in one of the orders of the list, or the last ones
        before it, in their order; where None is given the first ones of all."""
        places, validity = places_of(self.positions), self._content.validity
        codes = self._content.orders.code_ranks()[validity.key[places]]
        rows = Sorted(self._content.orders, places, codes, self._order(order, language))
        at = None if place is None else (place.value, self._content.rank_of(place.code))
        found = rows.beyond(at, number, back=back).tolist()
        return [
            Place(rows.value_of(position), code)
            for position, code in zip(found, self.reading.keys(found), strict=True)
        ]

    def without(self, name: str) -> int:
        """How many rows there would be without what was chosen for the parameter `name`."""
        return self._number_without(name) if self._narrows(name) else self.total

    @memoised
    def _number_without(self, left_out: str) -> int:
        return len(self._narrowed(left_out))

    @memoised  # type: ignore[arg-type]  # mypy takes a keyword for `self` to be possible
    def money(self, **sides: str) -> list[Total]:
        """The totals of the rows; of the lines that `provider` or `receiver` names where given."""
        wholes = self._content.wholes(self.reading.rows)
        return self._content.money.totals(places_of(self.positions), wholes, **sides)

    @memoised  # type: ignore[arg-type]  # mypy takes a keyword for `self` to be possible
    def given_back(self, **sides: str) -> dict[tuple[str, str], Decimal]:
        """What of these totals is below zero; see `MoneyLines.given_back`."""
        wholes = self._content.wholes(self.reading.rows)
        return self._content.money.given_back(places_of(self.positions), wholes, **sides)

    def _narrows(self, name: str) -> bool:
        return name in self.selection.chosen or name in self.selection.refused

    def _narrowed(self, left_out: str) -> BitMap:
        if self.selection.refused - {left_out}:
            return BitMap()
        rows = self.reading.rows
        for name, chosen in self._chosen.items():
            if name != left_out:
                rows = rows & chosen
        return rows

    def _of_the_day(self, name: str) -> Mapping[Any, BitMap] | None:
        """By value the rows of a facet that turns on the day, or on the present tree of sectors."""
        match name:
            case "sector":
                return self.reading.sectors
            case "standing":
                return self.reading.standings
            case "late":
                return self.reading.late
            case "late_by":
                return {months: self.reading.late_by(months) for months in self._months(name)}
            case "moved_by":
                return {months: self.reading.moved_by(months) for months in self._months(name)}
        return None

    def _months(self, name: str) -> list[int]:
        return sorted({*MONTHS_SHOWN, *getattr(self.selection, name)})

    def _rows_of(self, name: str) -> BitMap:
        values = getattr(self.selection, name)
        match name:
            case "matching":
                return values
            case "year":
                return BitMap.union(BitMap(), *map(self._content.years.rows, values))
            case "updated_since":
                places = places_of(self.reading.rows)
                instant = microseconds(values)
                return rows_at(self._content.orders.updated_since(places, instant))
            case "country" | "party" if self.selection.all_countries:
                every = [self._content.options.rows(name, value) for value in values]
                return BitMap.intersection(*every) if len(every) > 1 else every[0]
        if (known := self._of_the_day(name)) is not None:
            return BitMap.union(BitMap(), *(known.get(value, BitMap()) for value in values))
        days = [self.reading.flags[flag] for flag in BY_DAY if name == "flag" and flag in values]
        return BitMap.union(self._content.options.any_of(name, values), *days)
