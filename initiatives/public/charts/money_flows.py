"""The money of one record: sums by type and currency, folded by year, with what was given back.

Nothing is added up across types or currencies. The bars of a currency share one scale, on both
sides of zero: where more was given back than paid in a year, its bar is left of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from initiatives import totals
from initiatives.choices import AmountKind
from initiatives.public.charts.scale import percent
from initiatives.totals import Total

if TYPE_CHECKING:
    from initiatives.models import Funding

_CERTAIN = (AmountKind.EXACT, AmountKind.ABOUT)


@dataclass(frozen=True, kw_only=True)
class YearBar:
    """The sum of a year, None where no date is stated, and how many `entries` it is of.

    `given_back` is the sum of what is below zero, as a number above zero. `x` and `width` are
    empty where nothing is known or where it comes to nothing.
    """

    year: int | None
    total: Total
    entries: int
    given_back: Decimal
    x: str = ""
    width: str = ""
    is_below: bool = False


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Money of one type in one currency; `zero` is the place of zero in the pictures."""

    total: Total
    entries: int
    payers: list[Any]
    receivers: list[Any]
    given_back: Decimal
    years: list[YearBar]
    zero: str


@dataclass(frozen=True, kw_only=True)
class RecordMoney:
    """`lines` are those that say something; `empty` are those of zero."""

    flows: list[Flow]
    lines: "list[Funding]"
    empty: "list[Funding]"

    @property
    def is_drawn(self) -> bool:
        """Whether there is a bar: one entry alone is no chart."""
        return any(flow.entries > 1 for flow in self.flows)


def record_money(lines: "Iterable[Funding]") -> RecordMoney:
    """The money of a record, in which amounts of zero stand apart."""
    every = list(lines)
    told = [line for line in every if not _is_zero(line)]
    empty = [line for line in every if _is_zero(line)]
    groups: dict[tuple[str, str], list[Funding]] = defaultdict(list)
    for line in told:
        groups[line.type, line.currency].append(line)
    sums = [(total, groups[total.type, total.currency]) for total in totals.of_lines(told)]
    folded = [(total, some, _by_year(some)) for total, some in sums]
    drawn = [one for one in folded if len(one[1]) > 1]
    scales = {code: _Scale(_of_currency(drawn, code)) for _type, code in groups}
    flows = [_flow(total, some, years, scales[total.currency]) for total, some, years in folded]
    return RecordMoney(flows=flows, lines=told, empty=empty)


def _is_zero(line: "Funding") -> bool:
    return line.amount == 0 and line.amount_kind in _CERTAIN


def _of_currency(folded: list[tuple[Total, Any, list[YearBar]]], code: str) -> list[Total]:
    return [bar.total for total, _some, years in folded if total.currency == code for bar in years]


class _Scale:
    """From the lowest sum of a currency to the highest one, zero among them."""

    def __init__(self, sums: list[Total]) -> None:
        ends = [end for one in sums if one.rows for end in (one.low, one.high)]
        self._lowest = min([Decimal(0), *ends])
        self._whole = max([Decimal(0), *ends]) - self._lowest

    def place(self, amount: Decimal) -> str:
        return percent(amount - self._lowest, self._whole)

    def drawn(self, bar: YearBar) -> YearBar:
        low, high = min(bar.total.low, Decimal(0)), max(bar.total.high, Decimal(0))
        if not bar.total.rows or low == high:
            return bar
        return YearBar(
            year=bar.year,
            total=bar.total,
            entries=bar.entries,
            given_back=bar.given_back,
            x=self.place(low),
            width=percent(high - low, self._whole),
            is_below=bar.total.high <= 0,
        )


def _flow(total: Total, lines: "list[Funding]", years: list[YearBar], scale: _Scale) -> Flow:
    return Flow(
        total=total,
        entries=len(lines),
        payers=_once(line.provider or line.provider_country for line in lines),
        receivers=_once(line.receiver for line in lines),
        given_back=_given_back(lines),
        years=[scale.drawn(bar) for bar in years],
        zero=scale.place(Decimal(0)),
    )


def _by_year(lines: "list[Funding]") -> list[YearBar]:
    """The earliest year first, what has no date last."""
    groups: dict[int | None, list[Funding]] = defaultdict(list)
    for line in lines:
        groups[line.date.first.year if line.date else None].append(line)
    order = sorted(groups, key=lambda year: (year is None, year or 0))
    return [_year(year, groups[year]) for year in order]


def _year(year: int | None, lines: "list[Funding]") -> YearBar:
    (total,) = totals.of_lines(lines)  # of one type in one currency
    return YearBar(year=year, total=total, entries=len(lines), given_back=_given_back(lines))


def _given_back(lines: "list[Funding]") -> Decimal:
    below = (line.amount for line in lines if line.amount is not None and line.amount < 0)
    return -sum(below, Decimal(0))


def _once(named: Iterable[Any]) -> list[Any]:
    """In their order; what is not named is left out."""
    return list(dict.fromkeys(one for one in named if one is not None))
