"""Which promised dates moved, and by how much: the figures and rows of what slipped."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from initiatives.choices import Direction
from initiatives.editions.index.columns import rows_at
from initiatives.editions.index.entries import EntryKind
from initiatives.editions.index.found import Found
from initiatives.editions.index.found_entries import EntryKey
from initiatives.editions.index.instants import instant_of
from initiatives.editions.index.memo import memoised
from initiatives.editions.index.moves import END, NO_DAY
from initiatives.editions.index.slices import slice_in_order
from initiatives.lifecycle import OPEN

UP_TO = (3, 6, 12, 24)  # months of the buckets; what moved farther is in one more
_PER_CODE, _PER_MONTH = 2**31, 2**32
_EPOCH = 719_163  # the ordinal of the first day of 1970


class SlipKey(NamedTuple):
    """A promised date that moved: that of a milestone, or the planned end where it is None.

    `moves` are the numbers of its moves in the period, the oldest first; `months` is by how many
    whole months the last possible day moved in all, to whichever side.
    """

    code: str
    milestone: int | None
    moves: tuple[int, ...]
    months: int


@dataclass(frozen=True, kw_only=True)
class SlipTotals:
    """How many dates ended where: `numbers` has each `Direction`, and `same` those whose last day
    is the one that it was.

    The others tell of those that moved later: in how many `initiatives`, the `median` in whole
    months, the `longest` of them, how many have a reason (`explained`), and how many are in each
    of the `buckets` of months.
    """

    numbers: dict[str, int]
    same: int
    initiatives: int
    median: int
    longest: SlipKey | None
    explained: int
    buckets: tuple[int, ...]

    @property
    def later(self) -> int:
        return self.numbers[Direction.LATER]

    @property
    def unexplained(self) -> int:
        return self.later - self.explained


class SectorSlips(NamedTuple):
    """In how many initiatives of a sector a date moved later, of how many with a promised date."""

    slipped: int
    dated: int


class _Dates(NamedTuple):
    """By promised date that moved: its first and last move (see `starts` and `ends` among `lines`),
    where it went, and by how many months and days."""

    lines: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    where: np.ndarray
    months: np.ndarray
    days: np.ndarray


class Slips:
    """Of the rows that `found` has, what was recorded in one of the `years`, or in any.

    A date moved from what stood before its first move in the period to what stands after the last
    one, from last possible day to last possible day. `found` is what it tells of.
    """

    def __init__(self, found: Found, years: tuple[int, ...] = ()) -> None:
        self.found, self._years, self._content = found, years, found.reading.content
        self._moves = self._content.moves
        self.memo = found.memo
        self.memo_key = found.memo_key and (found.memo_key, frozenset(years))

    @memoised
    def totals(self) -> SlipTotals:
        dates = self._dates
        later = np.flatnonzero(dates.where == _LATER)
        months = dates.months[later]
        first = self.keys(Direction.LATER, "longest", 0, 1)
        return SlipTotals(
            numbers={kind: int((dates.where == code).sum()) for kind, code in _CODES.items()},
            same=int((dates.where == _SAME).sum()),
            initiatives=len(_once(self._places(later))),
            median=int(np.median(months)) if len(months) else 0,
            longest=first[0] if first else None,
            explained=int(self._is_explained(later).sum()),
            buckets=_buckets(months),
        )

    @memoised
    def keys(self, kind: str, order: str, start: int, stop: int) -> list[SlipKey]:
        """Those from `start` up to `stop` of what moved so, the longest or the last moved first."""
        return self._named(self._in_order(kind, order, start, stop))

    def all_keys(self, kind: str, order: str) -> list[SlipKey]:
        """All of what moved so; they may be many, so they are not kept."""
        return self._named(self._in_order(kind, order, 0, len(self._dates.starts)))

    def _in_order(self, kind: str, order: str, start: int, stop: int) -> np.ndarray:
        dates = self._dates
        chosen = np.flatnonzero(dates.where == _CODES[kind])
        last = dates.lines[dates.ends[chosen]]
        if order == "moved":
            values = -self._moves.recorded[last]
        else:
            values = -(dates.months[chosen] * _PER_MONTH + dates.days[chosen])
        ties = self._ranks(self._places(chosen)) * _PER_CODE + self._moves.thing[last]
        return chosen[slice_in_order(values, ties, start, stop)]

    @memoised
    def entries(self, kind: str, limit: int) -> list[EntryKey]:
        """The moves of what moved so, those that became known last first."""
        dates, entries = self._dates, self._content.entries
        is_meant = np.repeat(dates.where == _CODES[kind], dates.ends + 1 - dates.starts)
        lines = self._moves.entry[dates.lines[is_meant]]
        keys = self._content.validity.key[entries.place[lines]]
        ranks = self._content.orders.code_ranks()[keys].astype(np.int64)
        ties = -(ranks * _PER_CODE + entries.number[lines])
        lines = lines[slice_in_order(-entries.known[lines], ties, 0, limit)]
        codes = self.found.reading.keys(entries.place[lines].tolist())
        told = zip(
            codes, entries.known[lines].tolist(), entries.number[lines].tolist(), strict=True
        )
        kind_of = int(EntryKind.DATE_MOVED)
        return [EntryKey(instant_of(at), kind_of, code, number) for code, at, number in told]

    def by_sector(self) -> dict[str, SectorSlips]:
        """By the slug of each sector in which a date moved later; what is in a part of it is in
        it, once."""
        return self._by_sector(self.found.sectors_key)

    @memoised
    def _by_sector(self, _sectors_key: Hashable) -> dict[str, SectorSlips]:
        later = np.flatnonzero(self._dates.where == _LATER)
        slipped = rows_at(_once(self._places(later)))
        dated = self.found.positions & self._moves.dated
        counted = {
            slug: SectorSlips(
                rows.intersection_cardinality(slipped), rows.intersection_cardinality(dated)
            )
            for slug, rows in self.found.reading.sectors.items()
        }
        return {slug: sector for slug, sector in counted.items() if sector.slipped}

    @memoised
    def never_dated(self) -> int:
        """How many are open and have no promised date at all."""
        is_open = self._content.options.any_of("status", OPEN)
        return len((self.found.positions & is_open) - self._moves.dated)

    @memoised
    def known_years(self) -> list[int]:
        """The years in which any move of the rows was recorded, the newest first."""
        years = np.unique(self._moves.year[self._moves.of(self.found.positions)])
        return years[::-1].tolist()

    @cached_property
    def _dates(self) -> _Dates:
        moves = self._moves
        lines = moves.of(self.found.positions)
        if self._years:
            lines = lines[np.isin(moves.year[lines], self._years)]
        things = moves.place[lines].astype(np.int64) * _PER_CODE + moves.thing[lines]
        starts = np.flatnonzero(np.diff(things, prepend=-1))
        ends = np.append(starts[1:], len(lines))[: len(starts)] - 1
        old, new = moves.old[lines[starts]], moves.new[lines[ends]]
        where = np.where(new == NO_DAY, _CODES[Direction.TAKEN_BACK], np.sign(new - old))
        known = np.where(new == NO_DAY, old, new)
        days = np.abs(known.astype(np.int64) - old)
        return _Dates(lines, starts, ends, where, whole_months(old, known), days)

    def _places(self, chosen: np.ndarray) -> np.ndarray:
        return self._moves.place[self._dates.lines[self._dates.starts[chosen]]]

    def _ranks(self, places: np.ndarray) -> np.ndarray:
        keys = self._content.validity.key[places]
        return self._content.orders.code_ranks()[keys].astype(np.int64)

    def _is_explained(self, chosen: np.ndarray) -> np.ndarray:
        """Whether a reason was given for any of the moves."""
        dates = self._dates
        before = np.append(0, np.cumsum(self._moves.is_explained[dates.lines]))
        return before[dates.ends[chosen] + 1] > before[dates.starts[chosen]]

    def _named(self, chosen: np.ndarray) -> list[SlipKey]:
        codes = self.found.reading.keys(self._places(chosen).tolist())
        return [self._key(code, date) for code, date in zip(codes, chosen.tolist(), strict=True)]

    def _key(self, code: str, date: int) -> SlipKey:
        dates = self._dates
        lines = dates.lines[dates.starts[date] : dates.ends[date] + 1]
        thing = int(self._moves.thing[lines[0]])
        numbers = tuple(self._moves.number[lines].tolist())
        return SlipKey(code, None if thing == END else thing, numbers, int(dates.months[date]))


_LATER, _SAME = 1, 0
_CODES: dict[str, int] = {Direction.LATER: _LATER, Direction.EARLIER: -1, Direction.TAKEN_BACK: 2}


def whole_months(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How many whole months lie between two days, given as ordinals; see `promises`."""
    first, last = np.minimum(one, other), np.maximum(one, other)
    (months, days, _ends), (to_months, to_days, is_end) = _split(first), _split(last)
    return to_months - months - ((to_days < days) & ~is_end)


def _split(ordinals: np.ndarray) -> tuple[Any, Any, Any]:
    """The number of the month, the day in it, and whether that is its last one."""
    days = (ordinals.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    is_end = (days + 1).astype("datetime64[M]") != months
    return months.astype(np.int64), (days - months.astype("datetime64[D]")).astype(np.int64), is_end


def _once(places: np.ndarray) -> np.ndarray:
    """Each of places in their order once."""
    return places[np.diff(places.astype(np.int64), prepend=-1) != 0]


def _buckets(months: np.ndarray) -> tuple[int, ...]:
    found = np.searchsorted(np.array(UP_TO), months, "left")
    return tuple(np.bincount(found, minlength=len(UP_TO) + 1).tolist())
