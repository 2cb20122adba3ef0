"""What is going on in a set of initiatives: the figures of the home, pair and country pages.

Every function takes a queryset of initiatives that the public may see and asks a fixed number of
queries, however many rows there are.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from initiatives.choices import AmountKind, EventState, FundingType
from initiatives.lifecycle import OPEN, Status
from initiatives.models import Event, Funding, Milestone


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


@dataclass(frozen=True, kw_only=True)
class StatusCount:
    status: Status
    count: int


def by_status(initiatives):
    """How many initiatives there are in each of the six statuses, also where there is none."""
    rows = initiatives.order_by().values_list("status").annotate(rows=Count("pk"))
    counts = dict(rows)
    return [StatusCount(status=status, count=counts.get(status, 0)) for status in Status]


def money(initiatives):
    """Totals per currency and type; a part is not added where its whole has money of that type.

    The amount of a package covers its parts, so adding both would count the same money twice.
    """
    rows = list(
        Funding.objects.filter(initiative__in=initiatives).values_list(
            "initiative", "type", "currency", "amount", "amount_max", "amount_kind"
        )
    )
    parents = dict(initiatives.order_by().values_list("pk", "parent"))
    funded = {(row[0], row[1], row[2]) for row in rows}
    groups = defaultdict(list)
    for initiative, kind, currency, *amount in rows:
        if not _covered(initiative, kind, currency, parents, funded):
            groups[currency, kind].append(amount)
    totals = [_total(*key, amounts) for key, amounts in groups.items()]
    order = list(FundingType)
    return sorted(totals, key=lambda total: (total.currency, order.index(total.type)))


def late(initiatives, *, today):
    """Open initiatives whose last possible day of the planned end has passed, the latest first."""
    return initiatives.filter(status__in=OPEN, planned_end__last__lt=today).order_by("planned_end")


def next_events(initiatives, *, today, limit=5):
    """Events of the initiatives that are still to come; those without a date come last."""
    to_come = Q(start__last__gte=today) | Q(start__isnull=True)
    events = Event.objects.published().filter(
        to_come,
        state__in=[EventState.PLANNED, EventState.CONFIRMED],
        initiatives__initiative__in=initiatives,
    )
    dated_first = Q(start__isnull=True)
    return (
        events.annotate(undated=dated_first).order_by("undated", "start", "slug").distinct()[:limit]
    )


def next_milestones(initiatives, *, today, limit=5):
    """Milestones that are neither reached nor dropped and whose date is still to come."""
    return (
        Milestone.objects.open()
        .filter(initiative__in=initiatives, planned__last__gte=today)
        .select_related("initiative", "responsible")
        .order_by("planned", "initiative", "number")[:limit]
    )


def _covered(initiative, kind, currency, parents, funded):
    seen, parent = {initiative}, parents.get(initiative)
    while parent is not None and parent not in seen:
        if (parent, kind, currency) in funded:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def _total(currency, kind, amounts):
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


def _low(amount, amount_max, kind):
    return Decimal(0) if kind == AmountKind.UP_TO else amount


def _high(amount, amount_max, kind):
    return amount_max if kind == AmountKind.RANGE else amount
