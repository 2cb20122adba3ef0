"""Sums of money over rows, by type and currency, exactly as `totals` defines them.

Amounts are thousandths of a currency. One of them nearly fills 64 bits, so the upper and the lower
digits are added apart.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import cast

import numpy as np

from initiatives.choices import AmountKind, FundingType
from initiatives.editions.index.columns import Column, Lines
from initiatives.editions.record import InitiativeRecord, Money
from initiatives.fields.money import SCALE, plain
from initiatives.totals import Total

_PART = 10**9
_TYPES = list(FundingType)
_NOBODY = -1
Wholes = Callable[[np.ndarray], np.ndarray]
Ranks = Callable[[np.ndarray], np.ndarray]


class MoneyLines:
    def __init__(self) -> None:
        self._lines = Lines()
        self._place, self._group = Column(np.uint32), Column(np.int32)
        self._number = Column(np.int32)
        self._low, self._high = Column(np.int64), Column(np.int64)
        self._known, self._about = Column(np.bool_), Column(np.bool_)
        self._sides = {"provider": Column(np.int32), "receiver": Column(np.int32)}
        self._groups: dict[tuple[str, str], int] = {}
        self._organisations: dict[str, int] = {}

    def add(self, place: int, record: InitiativeRecord) -> None:
        numbers = self._lines.append(place, len(record.funding))
        for number, line in zip(numbers, record.funding, strict=True):
            group = (line.currency, line.type)
            self._place[number], self._number[number] = place, line.number
            self._group[number] = self._groups.setdefault(group, len(self._groups))
            self._low[number], self._high[number] = _bounds(line)
            self._known[number] = line.amount is not None
            self._about[number] = line.amount is not None and line.amount_kind == AmountKind.ABOUT
            for side, column in self._sides.items():
                slug = getattr(line, side)
                known = self._organisations
                column[number] = known.setdefault(slug, len(known)) if slug else _NOBODY

    def first(self, place: int) -> int:
        """The number of the first line of the edition at `place`."""
        return self._lines.first(place)

    def is_of(self, lines: np.ndarray, organisation: str) -> np.ndarray:
        """Which of the lines the organisation pays or receives."""
        number = self._organisations.get(organisation, -2)
        return np.logical_or(*(column[lines] == number for column in self._sides.values()))

    def paid(self, places: np.ndarray, ranks: Ranks, side: str, slug: str) -> np.ndarray:
        """The lines of the places that the organisation pays (`provider`) or gets (`receiver`), by
        code and number; `ranks` gives for places those of their codes."""
        lines = self._lines.of(places)
        lines = lines[self._sides[side][lines] == self._organisations.get(slug, -2)]
        return lines[np.lexsort((self._number[lines], ranks(self._place[lines])))]

    def where(self, line: int) -> tuple[int, int]:
        """The place of the initiative of a line, and its number there."""
        return int(self._place[line]), int(self._number[line])

    def totals(self, places: np.ndarray, wholes: Wholes, **sides: str) -> list[Total]:
        """The totals of the money of `places`, in the order of `totals.totals`.

        `wholes` gives for each of an array of places the place of its whole, or zero. `sides`
        leave only the lines of which an organisation is the `provider` or the `receiver`.
        """
        return sorted(self._sums(self._added_up(places, wholes, sides)), key=_order)

    def given_back(
        self, places: np.ndarray, wholes: Wholes, **sides: str
    ) -> dict[tuple[str, str], Decimal]:
        """By currency and type what of `totals` is below zero, as numbers above zero."""
        lines = self._added_up(places, wholes, sides)
        lines = lines[self._high[lines] < 0]
        sums = _added(self._high[lines], self._group[lines], len(self._groups))
        return {
            group: _amount(-sums[number]) for group, number in self._groups.items() if sums[number]
        }

    def _added_up(self, places: np.ndarray, wholes: Wholes, sides: Mapping[str, str]) -> np.ndarray:
        lines = self._lines.of(places)
        for side, slug in sides.items():
            lines = lines[self._sides[side][lines] == self._organisations.get(slug, -2)]
        return lines[~self._covered(lines, wholes, self._group, len(self._groups))]

    def paying(self, places: np.ndarray, side: str, currency: str = "") -> np.ndarray:
        """By the number of each organisation how many lines of the places have it on a side; those
        of one currency, where that is given."""
        lines = self._lines.of(places)
        if currency:
            groups = [number for (code, _kind), number in self._groups.items() if code == currency]
            lines = lines[np.isin(self._group[lines], groups)]
        numbers = self._sides[side][lines]
        return np.bincount(numbers[numbers != _NOBODY], minlength=len(self._organisations))

    def sums_of_each(
        self, places: np.ndarray, wholes: Wholes, side: str, group: tuple[str, str]
    ) -> tuple[np.ndarray, np.ndarray]:
        """By the number of each organisation the lower bounds of what it pays or gets, of one
        currency and type, as `totals` adds them: two numbers to compare one after the other."""
        lines, number = self._lines.of(places), len(self._organisations)
        column = self._sides[side]
        is_meant = (self._group[lines] == self._groups.get(group, -1)) & (column[lines] != _NOBODY)
        lines = lines[is_meant]
        lines = lines[~self._covered(lines, wholes, column, number)]
        upper, lower = _parts_added(self._low[lines], column[lines], number)
        return upper + lower // _PART, lower % _PART

    def currencies(self, places: np.ndarray, side: str) -> dict[str, int]:
        """The lines that have anybody on a side, by currency; those without one are left out."""
        lines = self._lines.of(places)
        lines = lines[self._sides[side][lines] != _NOBODY]
        numbers = np.bincount(self._group[lines], minlength=len(self._groups))
        found = Counter[str]()
        for (currency, _kind), group in self._groups.items():
            if currency and numbers[group]:
                found[currency] += int(numbers[group])
        return dict(found)

    def initiatives(self, places: np.ndarray, side: str, slug: str) -> int:
        """How many of the places have a line that the organisation pays or gets."""
        lines = self._lines.of(places)
        lines = lines[self._sides[side][lines] == self._organisations.get(slug, -2)]
        return len(np.unique(self._place[lines]))

    @property
    def organisations(self) -> Mapping[str, int]:
        """The number by which each organisation is known here."""
        return self._organisations

    def _covered(self, lines: np.ndarray, wholes: Wholes, sort: Column, number: int) -> np.ndarray:
        """The lines whose whole, or a whole of that, has money of their sort among the lines;
        sorts are numbers below `number`."""
        own = self._place[lines].astype(np.int64)
        reached, seen, hops = wholes(own), own, 0
        covered, open_ = np.zeros(len(lines), np.bool_), np.flatnonzero(reached)
        if not len(open_):
            return covered
        group = sort[lines].astype(np.int64)
        funded = np.sort(own * number + group)
        open_ = open_[reached[open_] != own[open_]]
        while len(open_):
            place = reached[open_].astype(np.int64)
            covered[open_] = _among(funded, place * number + group[open_])
            hops += 1
            if hops & (hops - 1) == 0:  # where a chain runs in a circle, it comes by here again
                seen = reached.copy()
            reached[open_] = wholes(place)
            left = reached[open_]
            goes_on = (left != 0) & (left != own[open_]) & (left != seen[open_])
            open_ = open_[goes_on & ~covered[open_]]
        return covered

    def _sums(self, lines: np.ndarray) -> Iterator[Total]:
        group, number = self._group[lines], len(self._groups)
        known = self._known[lines]
        low, high = (_added(column[lines], group, number) for column in (self._low, self._high))
        rows = np.bincount(group, known, number).astype(int)
        undisclosed = np.bincount(group, ~known, number).astype(int)
        about = np.bincount(group, self._about[lines], number) > 0
        for (currency, kind), place in self._groups.items():
            if rows[place] or undisclosed[place]:
                yield Total(
                    currency=currency,
                    type=FundingType(kind),
                    low=_amount(low[place]),
                    high=_amount(high[place]),
                    about=bool(about[place]),
                    rows=int(rows[place]),
                    undisclosed=int(undisclosed[place]),
                )


def _among(numbers: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which of `wanted` are among the numbers, which rise. `np.isin` takes ten times as long."""
    places = np.searchsorted(numbers, wanted)
    return numbers[np.minimum(places, len(numbers) - 1)] == wanted


def _bounds(line: Money) -> tuple[int, int]:
    if line.amount is None:
        return 0, 0
    amount = _thousandths(line.amount)
    low = 0 if line.amount_kind == AmountKind.UP_TO else amount
    # A range has both ends: the database sees to it.
    is_range = line.amount_kind == AmountKind.RANGE
    return low, _thousandths(cast(str, line.amount_max)) if is_range else amount


def _thousandths(text: str) -> int:
    return int(Decimal(text).scaleb(SCALE))


def _parts_added(
    amounts: np.ndarray, group: np.ndarray, number: int
) -> tuple[np.ndarray, np.ndarray]:
    """The sums of the upper and of the lower digits."""
    upper, lower = np.zeros(number, np.int64), np.zeros(number, np.int64)
    np.add.at(upper, group, amounts // _PART)
    np.add.at(lower, group, amounts % _PART)
    return upper, lower


def _added(amounts: np.ndarray, group: np.ndarray, number: int) -> list[int]:
    upper, lower = _parts_added(amounts, group, number)
    return [int(above) * _PART + int(below) for above, below in zip(upper, lower, strict=True)]


def _amount(thousandths: int) -> Decimal:
    return plain(Decimal(thousandths).scaleb(-SCALE))


def _order(total: Total) -> tuple[bool, str, int]:
    return total.currency == "", total.currency, _TYPES.index(total.type)
