"""Each flag as a condition of a query.

It selects the rows in which `rules.flags(facts_of(row, today))` names the flag, on both databases
alike; `tests/test_flag_queries.py` compares the two.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Round
from django.db.models.lookups import LessThan
from django.utils import timezone

from initiatives import rules
from initiatives.choices import FundingType, Language
from initiatives.lifecycle import OPEN, Status
from initiatives.models.evidence import Citation
from initiatives.models.facts import TRANSLATED
from initiatives.models.initiatives import Initiative
from initiatives.models.milestones import Milestone
from initiatives.models.money import Funding
from initiatives.models.participants import InitiativeSector
from initiatives.models.statuses import StatusChange
from initiatives.rules import Flag

OfInitiative = TypeVar("OfInitiative", Milestone, Funding, StatusChange)
_HALF = 10**12  # of an amount in thousandths: above and below it sums stay far from 64 bits


def condition(flag: str, today: date) -> Q:
    """What selects the initiatives that have `flag` on the day `today`, for `filter()`.

    It asks nothing of the database, but for `stale`, which asks one query when it is made.
    """
    return Q(_CONDITIONS[Flag(flag)](today))


def _open() -> Q:
    return Q(status__in=OPEN)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _of_this(model: type[OfInitiative]) -> QuerySet[OfInitiative]:
    return model._default_manager.filter(initiative=OuterRef("pk"))


def _overdue(today: date) -> Q:
    return _open() & Q(planned_end__last__lt=today)


def _due_soon(today: date) -> Q:
    limit = today + timedelta(rules.DUE_SOON_DAYS)
    return _open() & Q(planned_end__last__gte=today, planned_end__last__lte=limit)


def _stale(today: date) -> Q:
    """Each interval in use has its limit: to add days from a column differs by database."""
    intervals = Initiative.objects.order_by().values_list("review_every_days", flat=True).distinct()
    limits = [
        When(review_every_days=days, then=Value(_midnight(today - timedelta(days))))
        for days in intervals
    ]
    checked = Coalesce("last_checked_at", "created_at")
    return _open() & Q(LessThan(checked, Case(*limits, output_field=DateTimeField())))


def _stalled(today: date) -> Q:
    limit = _midnight(today - timedelta(rules.STALLED_DAYS))
    moved = (
        Q(Exists(_of_this(StatusChange).filter(recorded_at__gte=limit)))
        | Q(Exists(_of_this(Milestone).filter(updated_at__gte=limit)))
        | Q(Exists(_of_this(Funding).filter(updated_at__gte=limit)))
    )
    return _open() & Q(created_at__lt=limit) & ~moved


def _contradiction(_today: date) -> Q:
    milestones = Milestone.objects.filter(initiative=OuterRef("pk"))
    disbursements = _of_this(Funding).filter(type=FundingType.DISBURSEMENT)
    return (
        Q(Exists(milestones.open()), status=Status.IMPLEMENTED)
        | Q(status=Status.IN_PROGRESS, actual_end__isnull=False)
        | Q(Exists(disbursements), status=Status.PLANNED)
        | Q(planned_end__last__lt=F("planned_start__first"))
        | Q(actual_end__last__lt=F("actual_start__first"))
        | Q(pk__in=_disbursed_too_much())
        | Q(pk__in=_wrong_percents())
    )


def _disbursed_too_much() -> QuerySet[Funding, Mapping[str, object]]:
    """Initiatives with a currency in which what was disbursed less what was committed is above 0.

    SQLite stops with an error where a sum of integers leaves 64 bits, as that of two amounts of
    nine quadrillions does. So the two halves of the numbers are added apart, then carried.
    """
    committed = Q(type=FundingType.COMMITMENT)
    unbounded = committed & ~Q(amount_kind__in=rules.AT_MOST)
    in_any_currency = Funding.objects.filter(unbounded, currency="")
    surplus = Case(
        When(committed, then=-Coalesce("amount_max", "amount")),
        When(type=FundingType.DISBURSEMENT, amount_kind__in=rules.AT_LEAST, then=F("amount")),
        output_field=BigIntegerField(),
    )
    half = Value(_HALF, BigIntegerField())
    return (
        Funding.objects.filter(type__in=[FundingType.COMMITMENT, FundingType.DISBURSEMENT])
        .exclude(initiative__in=in_any_currency.values("initiative"))
        .order_by()
        .values("initiative", "currency")
        .annotate(
            commitments=Count("pk", filter=committed),
            without_bound=Count("pk", filter=unbounded),
            high=Cast(Sum(surplus / half), BigIntegerField()),
            low=Cast(Sum(surplus % half), BigIntegerField()),
        )
        .annotate(carried=F("high") + F("low") / half, rest=F("low") % half)
        .filter(Q(carried__gt=0) | Q(carried=0, rest__gt=0), commitments__gt=0, without_bound=0)
        .values("initiative")
    )


def _wrong_percents() -> QuerySet[InitiativeSector, Mapping[str, object]]:
    """In hundredths, as integers: SQLite keeps decimals as floats, whose sums are not exact."""
    hundredths = Cast(Round(F("percent") * 100), BigIntegerField())
    return (
        InitiativeSector.objects.filter(percent__isnull=False)
        .order_by()
        .values("initiative")
        .annotate(total=Sum(hundredths))
        .exclude(total=100 * 100)
        .values("initiative")
    )


def _unsourced(_today: date) -> Q:
    cited = Citation.objects.public()
    of_status = cited.filter(status_change__initiative=OuterRef("pk"))
    return ~Exists(cited.filter(initiative=OuterRef("pk"))) & ~Exists(of_status)


def _untranslated(_today: date) -> Q:
    empty = Q()
    for name in (f"{name}_{code}" for name in TRANSLATED for code in Language.values):
        empty |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
    return empty


_CONDITIONS: dict[Flag, Callable[[date], Q]] = {
    Flag.OVERDUE: _overdue,
    Flag.DUE_SOON: _due_soon,
    Flag.STALE: _stale,
    Flag.STALLED: _stalled,
    Flag.CONTRADICTION: _contradiction,
    Flag.UNSOURCED: _unsourced,
    Flag.UNTRANSLATED: _untranslated,
}
