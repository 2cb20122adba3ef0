"""Sums of money that stay honest: by type and currency, and a part never beside its whole.

Undisclosed is not zero, ranges stay ranges, and nothing is converted.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from initiatives.choices import AmountKind, FundingType

_NO_PARENTS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Total:
    """Money of one type in one currency.

    `low` and `high` differ where amounts are ranges or upper bounds. `about` says that one of the
    amounts is approximate, `undisclosed` how many have none and are therefore not in the sums.
    """

    currency: str
    type: FundingType
    low: Decimal
    high: Decimal
    about: bool
    rows: int
    undisclosed: int


def totals(rows: Iterable[tuple[Any, ...]], parents: Mapping[Any, Any]) -> list[Total]:
    """The totals of `rows`: initiative, type, currency, amount, upper amount and kind of amount.

    `parents` maps the primary key of each initiative to that of its whole. A part is not added
    where its whole has money of that type in that currency among the rows: the amount of a package
    covers its parts, so adding both would count the same money twice.
    """
    funded = {(row[0], row[1], row[2]) for row in rows}
    groups: dict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    for initiative, kind, currency, *amount in rows:
        if not _covered(initiative, kind, currency, parents, funded):
            groups[currency, kind].append(amount)
    found = [_total(*key, amounts) for key, amounts in groups.items()]
    order = list(FundingType)
    return sorted(
        found,
        key=lambda total: (total.currency == "", total.currency, order.index(total.type)),
    )


def of_lines(lines: Iterable[Any], parents: Mapping[Any, Any] = _NO_PARENTS) -> list[Total]:
    """`totals` of lines of money that are there already; by default those of one initiative."""
    return totals([_row(line) for line in lines], parents)


def _row(line: Any) -> tuple[Any, ...]:
    amounts = line.amount, line.amount_max, line.amount_kind
    return line.initiative_id, line.type, line.currency, *amounts


def _covered(
    initiative: int | str,
    kind: str,
    currency: str,
    parents: Mapping[Any, Any],
    funded: set[tuple[int | str, str, str]],
) -> bool:
    seen, parent = {initiative}, parents.get(initiative)
    while parent is not None and parent not in seen:
        if (parent, kind, currency) in funded:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def _total(currency: str, kind: str, amounts: list[list[Any]]) -> Total:
    known = [amount for amount in amounts if amount[0] is not None]
    return Total(
        currency=currency,
        type=FundingType(kind),
        low=sum((_low(*amount) for amount in known), Decimal(0)),
        high=sum((_high(*amount) for amount in known), Decimal(0)),
        about=any(amount[2] == AmountKind.ABOUT for amount in known),
        rows=len(known),
        undisclosed=len(amounts) - len(known),
    )


def _low(amount: Decimal, amount_max: Decimal | None, kind: str) -> Decimal:
    return Decimal(0) if kind == AmountKind.UP_TO else amount


def _high(amount: Decimal, amount_max: Decimal | None, kind: str) -> Decimal:
    # A range has both ends: the database sees to it.
    return amount if kind != AmountKind.RANGE or amount_max is None else amount_max
