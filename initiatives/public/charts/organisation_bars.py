"""Organisations: how their initiatives stand, and what they paid of what they committed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from initiatives.choices import FundingType
from initiatives.public.charts.scale import percent
from initiatives.public.charts.sector_bars import Segment, segments
from initiatives.totals import Total

_DRAWN = (FundingType.COMMITMENT, FundingType.DISBURSEMENT)


@dataclass(frozen=True, kw_only=True)
class PaidBar:
    """The lengths of what is committed and of what is paid, on the scale of the whole page."""

    committed: str
    paid: str


def status_bar(counts: Mapping[str, int]) -> list[Segment]:
    """One bar of the full width, a segment for each status that any initiative has."""
    return segments(counts, sum(counts.values()))


def paid_bars(rows: Sequence[Iterable[Total]], currency: str) -> list[PaidBar | None]:
    """One for each of `rows`, the totals of one payer each; None where it neither committed nor
    paid anything known in the currency. What is below zero has no length."""
    amounts = [
        {one.type: one.low for one in totals if one.currency == currency and one.rows}
        for totals in rows
    ]
    most = max((_of(one, kind) for one in amounts for kind in _DRAWN), default=Decimal(0))
    return [_bar(one, most) for one in amounts]


def _bar(amounts: Mapping[FundingType, Decimal], most: Decimal) -> PaidBar | None:
    if not most or not any(kind in amounts for kind in _DRAWN):
        return None
    committed, paid = (percent(_of(amounts, kind), most) for kind in _DRAWN)
    return PaidBar(committed=committed, paid=paid)


def _of(amounts: Mapping[FundingType, Decimal], kind: FundingType) -> Decimal:
    return max(amounts.get(kind, Decimal(0)), Decimal(0))
