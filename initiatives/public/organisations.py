"""What one organisation pays, what it receives, and what it takes part in: three things.

Only its own money is shown, never that of others who are in the same initiative.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from initiatives import totals
from initiatives.choices import FundingType, OrganisationRole

if TYPE_CHECKING:
    from initiatives.models import Funding, Initiative

_FEW = 2  # sums of a row, where more than one other would be hidden
_FIRST = (FundingType.DISBURSEMENT, FundingType.COMMITMENT)


@dataclass(frozen=True, kw_only=True)
class OwnTotal:
    """`given_back` is what of the total is below zero, as a number above zero."""

    total: totals.Total
    given_back: Decimal

    @property
    def currency(self) -> str:
        return self.total.currency


@dataclass(frozen=True, kw_only=True)
class OwnMoney:
    """The lines of money on one side of which the organisation stands, each with its record.

    `lines` are those of a page, to which `links` lead; the totals are of all.
    """

    totals: list[OwnTotal]
    lines: "list[Funding]"
    links: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """An initiative and the roles that the organisation has in it, in words."""

    initiative: "Initiative"
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Those that stand in a row of the index, and those that open there."""

    shown: list[totals.Total]
    more: list[totals.Total]


def folded(own: list[totals.Total], currency: str) -> Sums:
    """In the order of `paid_first`; a row with all of a dozen currencies is longer than a screen of
    a telephone."""
    ordered = paid_first(own, currency)
    shown = _FEW if len(ordered) > _FEW + 1 else len(ordered)
    return Sums(shown=ordered[:shown], more=ordered[shown:])


def paid_first(own: list[totals.Total], currency: str = "") -> list[totals.Total]:
    """Within each currency what was paid, then what was committed, then the other kinds; this
    `currency` before the others."""
    kinds = [*_FIRST, *(kind for kind in FundingType if kind not in _FIRST)]
    order = {kind: place for place, kind in enumerate(kinds)}
    return sorted(
        own,
        key=lambda one: (
            bool(currency) and one.currency != currency,
            one.currency == "",
            one.currency,
            order[one.type],
        ),
    )


def with_given_back(
    own: list[totals.Total], given_back: Mapping[tuple[str, str], Decimal]
) -> list[OwnTotal]:
    """The totals in the order of `paid_first`, with what of each was given back by currency and
    type."""
    return [
        OwnTotal(total=one, given_back=given_back.get((one.currency, one.type), Decimal(0)))
        for one in paid_first(own)
    ]


def parts_of(slug: str, initiatives: "list[Initiative]") -> list[Part]:
    """Its roles in each of `initiatives`, as their public records say."""
    return [Part(initiative=one, roles=_roles(slug, one)) for one in initiatives]


def _roles(slug: str, initiative: "Initiative") -> list[str]:
    roles = sorted(link.role for link in initiative.record.organisations if link.slug == slug)
    return [str(OrganisationRole(role).label) for role in roles]
