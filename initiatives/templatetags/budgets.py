"""The budgets of a record, of which an imported one may have a hundred."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django import template

from initiatives.models import Budget

register = template.Library()

FEW = 12  # that stand one by one


@dataclass(frozen=True, kw_only=True)
class YearSum:
    """What is planned in the periods that begin in `year`, of one kind in one currency."""

    year: int | None
    kind: str
    currency: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Told:
    """`rows` are those that say something, `empty` those of zero; `years` are the
    sums of many rows, and empty for few."""

    rows: list[Budget]
    empty: list[Budget]
    years: list[YearSum]


@register.filter
def told(budgets: Iterable[Budget]) -> Told:
    """What a page says of `budgets`; the files have all of them."""
    every = list(budgets)
    rows = [budget for budget in every if budget.amount]
    empty = [budget for budget in every if not budget.amount]
    years = _by_year(rows) if len(rows) > FEW else []
    return Told(rows=rows, empty=empty, years=years)


def _by_year(rows: list[Budget]) -> list[YearSum]:
    """The earliest year first, what has no date last."""
    sums: dict[tuple[int | None, str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        year = row.start.first.year if row.start else None
        kind = f"{row.get_type_display()}, {row.get_status_display()}"
        sums[year, kind, row.currency] += row.amount
    order = sorted(sums, key=lambda key: (key[0] is None, key[0] or 0, *key[1:]))
    return [
        YearSum(year=year, kind=kind, currency=currency, amount=sums[year, kind, currency])
        for year, kind, currency in order
    ]
