"""The orders of the list, as numbers that rise in each of them."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from initiatives.choices import FundingType, Language
from initiatives.editions.facts import span
from initiatives.editions.index.columns import Column
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.promised import NEVER, Promised
from initiatives.editions.index.ranking import Ranking, by_code_points
from initiatives.editions.index.slices import slice_in_order
from initiatives.editions.index.titles import Titles, reading_order
from initiatives.editions.record import InitiativeRecord, Money
from initiatives.fields.money import SCALE
from initiatives.lifecycle import Status

# Whose single amounts are compared; of a range the lower one, in US dollars.
COMPARED_MONEY = (
    FundingType.ANNOUNCED,
    FundingType.PLEDGE,
    FundingType.COMMITMENT,
    FundingType.DISBURSEMENT,
    FundingType.EXPENDITURE,
)
UNKNOWN = -1  # where what is never below zero is not known
_INCOMPARABLE = -np.inf
_ALWAYS_KNOWN = ("updated", "status")
_STATUSES = [status.value for status in Status]
_LONGEST = 366  # days of a partial date


class Order(NamedTuple):
    """An order of the list as a reader sees it, whose `language` titles go by; `day` is that on
    which it is known what is late."""

    name: str
    language: str | None = None
    day: int = 0

    @property
    def column(self) -> str:
        return self.name.removeprefix("-")

    @property
    def sign(self) -> int:
        return -1 if self.name.startswith("-") else 1


class Orders:
    """What each order compares; ties go by code, and what is not known comes last."""

    def __init__(self, codes: list[str], promised: Promised) -> None:
        self._promised = promised
        self._updated, self._status = Column(np.int64), Column(np.int8)
        self._spans = {name: Column(np.int64, UNKNOWN) for name in ("start", "end", "due")}
        self._amount = Column(np.float64)
        self._titles = {code: Titles(code) for code in Language.values}
        self._codes = Ranking(codes, by_code_points)

    def add(self, place: int, record: InitiativeRecord) -> None:
        self._updated[place] = microseconds(datetime.fromisoformat(record.updated_at))
        self._status[place] = _STATUSES.index(record.status)
        self._spans["start"][place] = _span(record.actual_start or record.planned_start)
        self._spans["end"][place] = _span(record.actual_end or record.planned_end)
        self._spans["due"][place] = _span(record.planned_end)
        self._amount[place] = max(map(_dollars, record.funding), default=_INCOMPARABLE)
        for titles in self._titles.values():
            titles.add(place, record.title)

    def updated_since(self, places: np.ndarray, instant: int) -> np.ndarray:
        return places[self._updated[places] >= instant]

    def title(self, place: int, language: str | None) -> str:
        """The title that a reader of the language sees, empty if there is none."""
        return self._titles_of(language).text(place)

    def code_ranks(self) -> np.ndarray:
        """By the number of a key its place in the order of codes."""
        return self._codes.ranks()

    def beginnings(self, places: np.ndarray) -> np.ndarray:
        """What rises with the day on which each begins, or else ends; `UNKNOWN` without either."""
        start, end = self._spans["start"][places], self._spans["end"][places]
        return np.where(start == UNKNOWN, end, start)

    def page(
        self,
        places: np.ndarray,
        keys: np.ndarray,
        order: Order,
        start: int,
        stop: int,
    ) -> np.ndarray:
        """Of `places`, whose keys have the numbers `keys`, those from `start` up to `stop`."""
        codes = self.code_ranks()[keys]
        values, is_known = self.values(order, places)
        values = -values if order.sign < 0 else values
        if order.column in _ALWAYS_KNOWN:
            return places[slice_in_order(values, codes, start, stop)]
        known, unknown = np.flatnonzero(is_known), np.flatnonzero(~is_known)
        first = known[slice_in_order(values[known], codes[known], start, stop)]
        beyond = (max(0, limit - len(known)) for limit in (start, stop))
        last = unknown[slice_in_order(np.zeros(len(unknown)), codes[unknown], *beyond)]
        return places[np.concatenate((first, last))]

    def values(self, order: Order, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What the order compares, whatever its direction, and of which places that is known."""
        match order.column:
            case "title":
                ranks = self._titles_of(order.language).ranks(places)
                return ranks, ranks > 0  # the first is that of no title
            case "late_by":  # the same on every day, so that it says where a page ended
                ends = self._promised.end[places]
                return -ends, ends < order.day
            case "moved_by":
                days = self._promised.days[places]
                return days, days != NEVER
        values = self._columns[order.column][places]
        return values, values > (_INCOMPARABLE if order.column == "amount" else UNKNOWN)

    def value_of(self, order: Order, place: int) -> int | float | str | None:
        """The same of one place, of a title its text; None if it is not known."""
        if order.column == "title":
            return self.title(place, order.language) or None
        if order.column not in self._columns:
            (value,), (is_known,) = self.values(order, np.array([place]))
            return value.item() if is_known else None
        value = self._columns[order.column][place].item()
        return value if value > (_INCOMPARABLE if order.column == "amount" else UNKNOWN) else None

    def rank_of_title(self, text: str, language: str | None) -> int:
        return self._titles_of(language).rank_of(text)

    @property
    def _columns(self) -> dict[str, Column]:
        columns = {"updated": self._updated, "status": self._status, "amount": self._amount}
        return columns | self._spans

    def _titles_of(self, language: str | None) -> Titles:
        return self._titles[reading_order(language)[0]]


@lru_cache(maxsize=10_000)
def _span(text: str | None) -> int:
    """By the first possible day, and then by the last one."""
    known = span(text)
    if known is None:
        return UNKNOWN
    first, last = known.first.toordinal(), known.last.toordinal()
    return first * _LONGEST + (last - first)


def _dollars(line: Money) -> float:
    """An amount in US dollars, in floating point as the database multiplies it."""
    if line.amount is None or line.type not in COMPARED_MONEY:
        return _INCOMPARABLE
    amount = float(Decimal(line.amount).scaleb(SCALE))
    if line.currency == "USD":
        return amount
    return amount * float(line.usd_rate) if line.usd_rate else _INCOMPARABLE
