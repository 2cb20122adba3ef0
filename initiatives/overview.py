"""What is going on in a set of initiatives: the figures of the home, pair and country pages.

Every function takes a queryset of initiatives that the public may see and asks a fixed number of
queries, however many rows there are.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from initiatives.choices import PARTICIPANT_ROLES, EventState
from initiatives.lifecycle import OPEN, Status
from initiatives.models import (
    Country,
    Event,
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeEvent,
    InitiativeSector,
    Milestone,
    Sector,
)
from initiatives.totals import totals

_ANY = Q()


@dataclass(frozen=True, kw_only=True)
class StatusCount:
    status: Status
    count: int


@dataclass(frozen=True, kw_only=True)
class Dates:
    """How many rows have a date, and the first rows of both kinds; of the dated ones the latest."""

    known: int
    unknown: int
    dated: QuerySet
    undated: QuerySet


def by_status(initiatives):
    """How many initiatives there are in each of the six statuses, also where there is none."""
    rows = initiatives.order_by().values_list("status").annotate(rows=Count("pk"))
    counts = dict(rows)
    return [StatusCount(status=status, count=counts.get(status, 0)) for status in Status]


def status_by_sector(initiatives):
    """How many initiatives of each status there are in a sector: [(Sector, {Status: n})].

    As in the list, a sector holds what is in it or in a part of it, once; an initiative in several
    sectors counts in each. Sectors that hold none are left out.
    """
    sectors = Sector.objects.in_bulk()
    links = InitiativeSector.objects.filter(initiative__in=initiatives.order_by().values("pk"))
    # The same initiative in the whole, or in an earlier part of it: there it has been counted.
    known = Q(sector=OuterRef("sector__parent")) | Q(
        sector__parent=OuterRef("sector__parent"), sector__lt=OuterRef("sector")
    )
    seen = InitiativeSector.objects.filter(known, initiative=OuterRef("initiative"))
    rows = (
        links.annotate(seen=Exists(seen))
        .order_by()
        .values_list("sector", "sector__parent", "initiative__status", "seen")
        .annotate(number=Count("pk"))
    )
    found = {key: defaultdict(int) for key in sectors}
    for sector, whole, status, seen_before, number in rows:
        found[sector][Status(status)] += number
        if whole and not seen_before:
            found[whole][Status(status)] += number
    counted = [(sectors[key], dict(counts)) for key, counts in found.items() if counts]
    return sorted(counted, key=lambda row: (row[0].order, row[0].slug))


def dates(initiatives, *, limit):
    """Which of the initiatives have a planned or actual date, and which have none."""
    begins = Coalesce("actual_start", "planned_start", "actual_end", "planned_end")
    return _dates(initiatives, begins, limit)


def event_dates(initiatives, *, limit):
    """Which of the events of the initiatives have a date, and which have none.

    Like the initiatives, they are public: an event is hidden only where all of its initiatives are.
    """
    links = InitiativeEvent.objects.filter(initiative__in=initiatives.order_by().values("pk"))
    events = Event.objects.filter(pk__in=links.values("event"))
    return _dates(events, Coalesce("start", "end"), limit)


def _dates(rows, begins, limit):
    rows = rows.order_by().annotate(begins=begins)
    numbers = rows.aggregate(total=Count("pk"), known=Count("begins"))
    return Dates(
        known=numbers["known"],
        unknown=numbers["total"] - numbers["known"],
        dated=rows.filter(begins__isnull=False).order_by("-begins", "pk")[:limit],
        undated=rows.filter(begins__isnull=True).order_by("pk")[:limit],
    )


def money(initiatives):
    """Totals per currency and type; a part is not added where its whole has money of that type.

    The amount of a package covers its parts, so adding both would count the same money twice.
    """
    rows = list(
        Funding.objects.filter(initiative__in=initiatives).values_list(
            "initiative", "type", "currency", "amount", "amount_max", "amount_kind"
        )
    )
    return totals(rows, Initiative.objects.wholes())


def late(initiatives, *, today):
    """Open initiatives whose last possible day of the planned end has passed, the latest first."""
    return initiatives.filter(status__in=OPEN, planned_end__last__lt=today).order_by("planned_end")


def next_events(initiatives=None, *, today, limit=5):
    """Events that are still to come, of the initiatives or, without them, all public ones.

    Those without a date come last. One of which the state is not stated is to come if its date is.
    """
    states = [EventState.PLANNED, EventState.CONFIRMED]
    dated = Q(start__last__gte=today, state__in=[*states, EventState.NOT_STATED])
    return (
        _public_events(initiatives)
        .filter(dated | Q(start__isnull=True, state__in=states))
        .annotate(undated=Q(start__isnull=True))
        .order_by("undated", "start", "slug")
        .distinct()[:limit]
    )


def open_events(initiatives=None, *, limit=5):
    """Events of which neither date nor state is stated: nobody knows whether they are to come."""
    return _public_events(initiatives).without_date_and_state().order_by("slug").distinct()[:limit]


def _public_events(initiatives):
    events = Event.objects.published()
    return events if initiatives is None else events.filter(initiatives__initiative__in=initiatives)


def next_milestones(initiatives, *, today, limit=5):
    """Milestones that are neither reached nor dropped and whose date is still to come."""
    return (
        Milestone.objects.open()
        .filter(initiative__in=initiatives, planned__last__gte=today)
        .select_related("initiative", "responsible")
        .order_by("planned", "initiative", "number")[:limit]
    )


def countries():
    """Every country with the number of public initiatives in which it takes part, the most
    frequent first."""
    roles = Q(takes_part__role__in=PARTICIPANT_ROLES)
    return _with_counts(Country.objects.all(), "takes_part__initiative", roles)


def sectors():
    """Every sector with the number of its public initiatives, in the order of the sectors."""
    return _with_counts(Sector.objects.all(), "initiatives__initiative").order_by("order", "slug")


def pairs():
    """Pairs of countries that take part together, with their number: [(Country, Country, n)]."""
    together = (
        InitiativeCountry.objects.filter(
            initiative__in=Initiative.objects.published(), role__in=PARTICIPANT_ROLES
        )
        .filter(
            initiative__countries__country__iso2__gt=F("country__iso2"),
            initiative__countries__role__in=PARTICIPANT_ROLES,
        )
        .order_by()
        .values_list("country", "initiative__countries__country")
        .annotate(number=Count("initiative", distinct=True))
    )
    known = Country.objects.in_bulk()
    found = [(known[first], known[second], number) for first, second, number in together]
    return sorted(found, key=lambda pair: (-pair[2], pair[0].iso2, pair[1].iso2))


def partners(country):
    """The pairs in which `country` is, with the other country first: [(Country, n)]."""
    return [
        (second if first == country else first, number)
        for first, second, number in pairs()
        if country in (first, second)
    ]


def open_milestones_by_side(initiatives):
    """Milestones that are neither reached nor dropped, by the side that is responsible.

    A list of (Country or None, milestones); those of nobody in particular come last.
    """
    rows = (
        Milestone.objects.open()
        .filter(initiative__in=initiatives, initiative__status__in=OPEN)
        .select_related("initiative", "responsible")
        .order_by(F("planned").asc(nulls_last=True), "initiative", "number")
    )
    sides = defaultdict(list)
    for milestone in rows:
        sides[milestone.responsible].append(milestone)
    return sorted(sides.items(), key=lambda side: (side[0] is None, side[0] and side[0].iso2))


def _with_counts(rows, path, also=_ANY):
    public = Q(**{f"{path}__in": Initiative.objects.published()}) & also
    number = Count(path, filter=public, distinct=True)
    return rows.annotate(number=number).order_by("-number", "order")
