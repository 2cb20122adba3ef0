"""The entries of some rows, from the newest one on, without looking at all that is known."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple, TypeVar

import numpy as np
from pyroaring import BitMap

from initiatives.editions.index.columns import places_of
from initiatives.editions.index.content import Content
from initiatives.editions.index.entries import EntryKind
from initiatives.editions.index.instants import instant_of, microseconds
from initiatives.editions.index.sequence import Sequence as InTime
from initiatives.editions.index.slices import slice_in_order

Number = TypeVar("Number", int, np.ndarray)
_FEW = 5_000  # rows whose entries are all looked at
_AT_ONCE = 4_096  # lines that are looked at together, and then twice as many
_LONG = np.iinfo(np.int64)
_PER_CODE = 2**31  # numbers of lines
_PER_KIND = 2**58


class EntryKey(NamedTuple):
    """The place of an entry among all: of one instant, the kinds of a higher rank are newer, then
    later codes and higher numbers. It stays the same in later editions."""

    at: datetime
    rank: int
    code: str
    number: int


class FoundEntries:
    """What became known of `rows` from `since` on and before `until`.

    Without `history` what a record held already when it first became public is left out. Of money
    only those lines are meant that the organisation with the slug `organisation` pays or receives,
    if one is given. Of `kinds` only these are meant.
    """

    def __init__(
        self,
        content: Content,
        rows: BitMap,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        history: bool = True,
        organisation: str = "",
        kinds: Collection[int] | None = None,
    ) -> None:
        self._content, self._entries = content, content.entries
        self._low = _LONG.min if since is None else microseconds(since)
        self._high = _LONG.max if until is None else microseconds(until)
        self._history, self._organisation = history, organisation
        self._kinds = None if kinds is None else sorted(kinds)
        self._places = places_of(rows)

    @property
    def total(self) -> int:
        return sum(map(len, self._parts(self._low, self._high)))

    def by_kind(self) -> dict[EntryKind, int]:
        """How many there are of each kind of which there are any."""
        lines = np.concatenate(list(self._parts(self._low, self._high)))
        kinds, numbers = np.unique(self._entries.kind[lines], return_counts=True)
        counted = zip(kinds.tolist(), numbers.tolist(), strict=True)
        return {EntryKind(kind): number for kind, number in counted}

    def keys(self, start: int, stop: int) -> list[EntryKey]:
        """The keys of those from `start` up to `stop`, the newest first."""
        lines = self._gathered(self._parts(self._low, self._high), stop)
        found = slice_in_order(-self._entries.known[lines], -self._ties(lines), start, stop)
        return self._named(lines[found])

    def beyond(self, key: EntryKey, number: int, *, later: bool = False) -> list[EntryKey]:
        """The keys of the `number` entries before the one at `key` in time, or after it; the newest
        first."""
        at, sign = microseconds(key.at), 1 if later else -1
        low, high = (max(at, self._low), self._high) if later else (self._low, at + 1)
        parts, tie = self._parts(low, min(high, self._high), later=later), self._tie_of(key)
        lines = self._gathered((self._beyond(part, at, tie, sign) for part in parts), number)
        known, ties = sign * self._entries.known[lines], sign * self._ties(lines)
        found = lines[slice_in_order(known, ties, 0, number)]
        return self._named(found[::-1] if later else found)

    def _beyond(self, lines: np.ndarray, at: int, tie: int, sign: int) -> np.ndarray:
        known = self._entries.known[lines]
        is_tied = (known == at) & (sign * self._ties(lines) > sign * tie)
        return lines[(sign * known > sign * at) | is_tied]

    def _gathered(self, parts: Iterator[np.ndarray], number: int) -> np.ndarray:
        """All of the first part, and of the others as many as it takes to have `number`."""
        found, size = [next(parts)], 0
        while size < number and (part := next(parts, None)) is not None:
            found.append(part)
            size += len(part)
        return np.concatenate(found)

    def _parts(self, low: int, high: int, *, later: bool = False) -> Iterator[np.ndarray]:
        """Lines from one instant up to another. Those that are not in order come first, then the
        newest ones, or the oldest ones; lines of one instant come together."""
        if len(self._places) <= _FEW:
            yield self._kept(self._entries.lines.of(self._places), low, high)
            return
        is_row = np.zeros(self._content.validity.size, np.bool_)
        is_row[self._places] = True
        in_time = self._entries.in_time
        lately = in_time.follow(self._entries.lines.size)
        for lines in (lately, *_slices(in_time, low, high, later=later)):
            shown = is_row[self._entries.place[lines]]
            yield self._kept(lines[shown], low, high)

    def _kept(self, lines: np.ndarray, low: int, high: int) -> np.ndarray:
        known = self._entries.known[lines]
        lines = lines[(known >= low) & (known < high)]
        if not self._history:
            lines = lines[~self._entries.is_held[lines]]
        if self._kinds is not None:
            lines = lines[np.isin(self._entries.kind[lines], self._kinds)]
        if self._organisation:
            is_other = self._entries.kind[lines] != EntryKind.MONEY
            own = self._content.money.is_of(self._entries.detail[lines], self._organisation)
            lines = lines[is_other | own]
        return lines

    def _ties(self, lines: np.ndarray) -> np.ndarray:
        keys = self._content.validity.key[self._entries.place[lines]]
        ranks = self._content.orders.code_ranks()[keys]
        kinds = self._entries.kind[lines].astype(np.int64)
        return _tie(kinds, ranks, self._entries.number[lines])

    def _tie_of(self, key: EntryKey) -> int:
        """If the register does not know its code, between those of the codes around it."""
        validity, ranks = self._content.validity, self._content.orders.code_ranks()
        if validity.has(key.code):
            rank = int(ranks[validity.number_of(key.code)])
            return _tie(key.rank, rank, key.number)
        return _tie(key.rank, sum(name < key.code for name in validity.names), -1)

    def _named(self, lines: np.ndarray) -> list[EntryKey]:
        entries, validity = self._entries, self._content.validity
        keys = validity.key[entries.place[lines]]
        columns = (entries.known, entries.kind, entries.number)
        rows = zip(keys.tolist(), *(column[lines].tolist() for column in columns), strict=True)
        return [
            EntryKey(instant_of(known), kind, validity.names[key], number)
            for key, known, kind, number in rows
        ]


def _tie(kinds: Number, ranks: Number, numbers: Number) -> Number:
    """One number for what orders the lines of one instant."""
    return kinds * _PER_KIND + ranks * _PER_CODE + numbers


def _slices(in_time: InTime, low: int, high: int, *, later: bool) -> Iterator[np.ndarray]:
    """Growing parts of the lines from one instant up to another, none of which cuts an instant."""
    values = in_time.values
    first, last = np.searchsorted(values, (low, high))
    size = _AT_ONCE
    while first < last:
        if later:
            end = min(first + size, last)
            end = min(np.searchsorted(values, values[end - 1], "right"), last)
            yield in_time.lines[first:end]
            first = end
        else:
            start = np.searchsorted(values, values[max(last - size, first)])
            yield in_time.lines[start:last]
            last = start
        size *= 2
