"""What one organisation pays, what it receives, and what it takes part in: three things.

Only its own money is shown, never that of others who are in the same initiative.
"""

from collections import defaultdict
from dataclasses import dataclass

from initiatives import totals
from initiatives.models import Funding, Initiative, InitiativeOrganisation

LISTED = 50  # lines of a block; the list of initiatives has all
SIDES = ("provider", "receiver")


@dataclass(frozen=True, kw_only=True)
class OwnMoney:
    """The lines of money on one side of which the organisation stands, each with its record.

    `lines` are the first of them, `more` the number of the others; the totals are of all.
    """

    totals: list[totals.Total]
    lines: list[Funding]
    more: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """An initiative and the roles that the organisation has in it, in words."""

    initiative: Initiative
    roles: list[str]


def own_money(organisation, side, initiatives):
    """What it pays (as the `provider`) or gets (as the `receiver`) in `initiatives`; 3 queries."""
    found = Funding.objects.filter(
        initiative__in=initiatives.order_by().values("pk"), **{side: organisation}
    ).order_by("initiative__code", "number")
    rows = list(
        found.values_list("initiative", "type", "currency", "amount", "amount_max", "amount_kind")
    )
    lines = found.select_related("initiative", "provider", "receiver", "provider_country")
    return OwnMoney(
        totals=totals.totals(rows, Initiative.objects.wholes()),
        lines=list(lines[:LISTED]),
        more=max(len(rows) - LISTED, 0),
    )


def own_money_in(organisation, side, records):
    """The same of `records` that are there with their money, as those of a day of the past."""
    lines = [
        line
        for record in records
        for line in record.funding.all()
        if getattr(line, f"{side}_id") == organisation.pk
    ]
    parents = Initiative.objects.wholes() | {record.pk: record.parent_id for record in records}
    return OwnMoney(
        totals=totals.of_lines(lines, parents),
        lines=lines[:LISTED],
        more=max(len(lines) - LISTED, 0),
    )


def parts(organisation, initiatives):
    """The initiatives in which it takes part in a role, by code."""
    links = InitiativeOrganisation.objects.filter(
        organisation=organisation, initiative__in=initiatives.order_by().values("pk")
    )
    rows = links.select_related("initiative").order_by("initiative__code", "role")
    return _by_initiative((link.initiative, link) for link in rows)


def parts_in(organisation, records):
    """The same of `records` that are there with their organisations."""
    return _by_initiative(
        (record, link)
        for record in records
        for link in record.organisations.all()
        if link.organisation_id == organisation.pk
    )


def _by_initiative(links):
    found = defaultdict(list)
    for initiative, link in links:
        found[initiative].append(link.get_role_display())
    return [Part(initiative=one, roles=roles) for one, roles in found.items()]
