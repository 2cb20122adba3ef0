"""What is going on in the rows that were found: the figures of pages about a part of the whole."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import combinations, islice
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from initiatives.choices import YEAR_UNKNOWN, Delivered
from initiatives.editions.index.columns import places_of
from initiatives.editions.index.entries import EntryKind
from initiatives.editions.index.event_lists import Line
from initiatives.editions.index.found import Found
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.memo import memoised
from initiatives.editions.index.options import counted
from initiatives.editions.index.orders import UNKNOWN, Order
from initiatives.editions.index.slices import slice_in_order
from initiatives.lifecycle import OPEN
from initiatives.rules import Flag
from initiatives.totals import Total


class PartKey(NamedTuple):
    """A milestone, a moved date or a line of money: of which initiative, and its number there."""

    code: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Dates:
    """How many have a date and how many have none, and the keys of the first of both; of the dated
    ones the latest first."""

    known: int = 0
    unknown: int = 0
    dated: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OpenMilestones:
    """The first open milestones of a side (a country, or None where none is named), and the number
    of the others."""

    side: str | None
    keys: list[PartKey]
    more: int


class Figures:
    """Of the rows that `found` has, or of all without one. Codes and slugs stand for rows."""

    def __init__(self, found: Found) -> None:
        self.found, self._reading = found, found.reading
        self._content = found.reading.content
        self.memo, self.memo_key = found.memo, found.memo_key

    @property
    def _rows(self) -> BitMap:
        return self.found.positions

    @memoised
    def statuses(self) -> dict[str, int]:
        return self._content.options.tally("status", self._rows)

    @memoised
    def in_part(self) -> int:
        """How many are implemented and were delivered in part."""
        return self._content.options.tally("delivered", self._rows).get(Delivered.PART, 0)

    @memoised
    def promises(self) -> dict[str, dict[str, int]]:
        """By the year of promise, as the filter `promised` names it, how many have each standing
        that any has. The latest year is first, what no source dates last."""
        standings = {one: rows & self._rows for one, rows in self._reading.standings.items()}
        years = sorted(set(self._content.options.values("promised")) - {YEAR_UNKNOWN}, reverse=True)
        by_year = (
            (year, self._content.options.rows("promised", year)) for year in [*years, YEAR_UNKNOWN]
        )
        found = {year: counted(standings, rows) for year, rows in by_year}
        return {year: standing for year, standing in found.items() if standing}

    def statuses_by_sector(self) -> dict[str, dict[str, int]]:
        """By the slug of each sector that holds any; what is in a part of it is in it, once."""
        return self._statuses_by_sector(self.found.sectors_key)

    @memoised
    def _statuses_by_sector(self, _sectors_key: Hashable) -> dict[str, dict[str, int]]:
        sectors = ((slug, rows & self._rows) for slug, rows in self._reading.sectors.items())
        return {slug: self._content.options.tally("status", rows) for slug, rows in sectors if rows}

    def totals(self, **sides: str) -> list[Total]:
        """The money of the rows; of the lines that `provider` or `receiver` names where given."""
        return self.found.money(**sides)

    @memoised
    def overdue(self, limit: int) -> list[str]:
        """Those that are open past their planned end, the one that was due first at the top."""
        late = places_of(self._rows & self._reading.flags[Flag.OVERDUE])
        return self._reading.keys(self._page(late, "due", limit))

    @memoised
    def next_milestones(self, limit: int) -> list[PartKey]:
        lines = self._content.milestones.next(
            places_of(self._rows), self._ranks, self._reading.day, limit
        )
        return self._milestones(lines)

    @memoised
    def open_milestones(self, limit: int) -> list[OpenMilestones]:
        """The first `limit` of each side, of what is open itself."""
        places = places_of(self._rows & self._content.options.any_of("status", OPEN))
        by_side = self._content.milestones.by_side(places, self._ranks, limit)
        return [
            OpenMilestones(side=side, keys=self._milestones(lines), more=number - len(lines))
            for side, (lines, number) in by_side.items()
        ]

    @memoised
    def dates(self, limit: int) -> Dates:
        """Which have a planned or an actual date."""
        places = places_of(self._rows)
        begins = self._content.orders.beginnings(places)
        is_known, codes = begins != UNKNOWN, self._ranks(places)
        dated = slice_in_order(-begins[is_known], codes[is_known], 0, limit)
        others = codes[~is_known]
        undated = slice_in_order(np.zeros(len(others)), others, 0, limit)
        return Dates(
            known=int(is_known.sum()),
            unknown=len(others),
            dated=self._reading.keys(places[is_known][dated].tolist()),
            undated=self._reading.keys(places[~is_known][undated].tolist()),
        )

    @memoised
    def event_dates(self, limit: int) -> Dates:
        events = self._content.events
        known, unknown = events.dated(self._events)
        return Dates(
            known=len(known),
            unknown=len(unknown),
            dated=events.slugs(known[:limit]),
            undated=events.slugs(unknown[:limit]),
        )

    def next_events(self, limit: int, *, everywhere: bool = False) -> list[str]:
        """Those that are still to come; `everywhere` also those that none of the rows names."""
        return self._first(self._reading.event_lists.coming, limit, everywhere)

    def open_events(self, limit: int, *, everywhere: bool = False) -> list[str]:
        """Those of which neither date nor state is stated."""
        return self._first(self._reading.event_lists.not_stated, limit, everywhere)

    def _first(self, lines: list[Line], limit: int, everywhere: bool) -> list[str]:
        named = lines if everywhere else filter(self._names, lines)
        return [line.slug for line in islice(named, limit)]

    def _names(self, event: Line) -> bool:
        """Whether one of the rows names it."""
        return self._rows.intersect(self._content.options.rows("event", event.slug))

    def moved_dates(self, since: datetime, until: datetime | None, limit: int) -> list[PartKey]:
        """The promised dates of which it was recorded since an instant that they moved, the newest
        first."""
        entries = self._content.entries
        lines = entries.lines.of(places_of(self._rows))
        recorded, low = entries.recorded[lines], microseconds(since)
        high = np.inf if until is None else microseconds(until)
        is_meant = (recorded >= low) & (recorded <= high)
        lines = lines[is_meant & (entries.kind[lines] == EntryKind.DATE_MOVED)]
        first = np.argsort(-entries.recorded[lines], kind="stable")[:limit]
        where = ((entries.place[line], entries.number[line]) for line in lines[first].tolist())
        return self._parts((int(place), int(number)) for place, number in where)

    @memoised
    def by_country(self) -> dict[str, int]:
        """In how many of the rows each country takes part, if in any."""
        return self._content.options.tally("country", self._rows)

    def together_with(self, iso2: str) -> dict[str, int]:
        """The same of each other country."""
        counted = self.by_country()
        return {other: number for other, number in counted.items() if other != iso2}

    @memoised
    def pairs(self) -> dict[tuple[str, str], int]:
        """In how many of the rows each two countries take part together, if in any."""
        options = self._content.options
        rows = {
            iso2: options.rows("country", iso2) & self._rows for iso2 in sorted(self.by_country())
        }
        counted = (
            ((one, other), rows[one].intersection_cardinality(rows[other]))
            for one, other in combinations(rows, 2)
        )
        return {pair: number for pair, number in counted if number}

    @memoised
    def only_observed_by(self, iso2: str, limit: int) -> list[str]:
        """The last changed of what the country observes without taking part in it."""
        options = self._content.options
        rows = options.rows("observer", iso2) - options.rows("country", iso2)
        places = places_of(rows & self._reading.rows)
        return self._reading.keys(self._page(places, "-updated", limit))

    def own_money(self, side: str, slug: str, start: int, stop: int) -> list[PartKey]:
        """The lines from `start` up to `stop` that the organisation pays (`provider`) or gets
        (`receiver`)."""
        lines = self._own_lines(side, slug)[start:stop].tolist()
        return self._parts(map(self._content.money.where, lines))

    def own_lines(self, side: str, slug: str) -> int:
        """How many lines there are in all."""
        return len(self._own_lines(side, slug))

    @memoised
    def _own_lines(self, side: str, slug: str) -> np.ndarray:
        return self._content.money.paid(places_of(self._rows), self._ranks, side, slug)

    def given_back(self, **sides: str) -> dict[tuple[str, str], Decimal]:
        """What of `totals` is below zero; see `MoneyLines.given_back`."""
        return self.found.given_back(**sides)

    def members(self, slug: str, start: int, stop: int) -> list[str]:
        """Those of the rows in which the organisation has a role, by code, from `start` up to
        `stop`."""
        return self._reading.keys(self._members(slug)[start:stop].tolist())

    def roles(self, slug: str) -> int:
        """In how many of the rows it has a role."""
        return len(self._members(slug))

    @memoised
    def _members(self, slug: str) -> np.ndarray:
        places = places_of(self._rows & self._content.options.rows("member", slug))
        return places[np.argsort(self._ranks(places), kind="stable")]

    @property
    def _events(self) -> BitMap:
        """Those that one of the rows names."""
        events, named = self._content.events, self._content.options
        places = places_of(self._reading.events)
        return BitMap(
            place
            for place, slug in zip(places.tolist(), events.slugs(places), strict=True)
            if self._rows.intersect(named.rows("event", slug))
        )

    def _ranks(self, places: np.ndarray) -> np.ndarray:
        return self._content.orders.code_ranks()[self._content.validity.key[places]]

    def _page(self, places: np.ndarray, order: str, limit: int) -> list[int]:
        keys = self._content.validity.key[places]
        return self._content.orders.page(places, keys, Order(order), 0, limit).tolist()

    def _milestones(self, lines: Iterable[int]) -> list[PartKey]:
        return self._parts(map(self._content.milestones.where, lines))

    def _parts(self, where: Iterable[tuple[int, int]]) -> list[PartKey]:
        found = list(where)
        codes = self._reading.keys(place for place, _number in found)
        return [PartKey(code, number) for code, (_place, number) in zip(codes, found, strict=True)]
