"""Money: bars for each type, on one scale within a currency and never across currencies."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from initiatives.public.charts.scale import percent
from initiatives.totals import Total


@dataclass(frozen=True, kw_only=True)
class MoneyBar:
    """`certain` is the width of what is at least meant; up to `possible` the amounts leave open.

    Both are empty where every amount is undisclosed: a bar of no length would say zero.
    """

    total: Total
    certain: str
    possible: str


@dataclass(frozen=True, kw_only=True)
class CurrencyBars:
    currency: str
    bars: list[MoneyBar]


def money_bars(totals: list[Total]) -> list[CurrencyBars]:
    """The bars of `public.overview.money`, by currency; without any known amount there are none."""
    drawn = []
    for currency, of_currency in groupby(totals, key=lambda total: total.currency):
        rows = list(of_currency)
        most = max(total.high for total in rows)
        if most > 0:
            bars = [_bar(total, most) for total in rows]
            drawn.append(CurrencyBars(currency=currency, bars=bars))
    return drawn


def _bar(total: Total, most: Decimal) -> MoneyBar:
    if not total.rows:
        return MoneyBar(total=total, certain="", possible="")
    return MoneyBar(
        total=total, certain=percent(total.low, most), possible=percent(total.high, most)
    )
