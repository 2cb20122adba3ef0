"""Each flag as a condition of a query: of what is stored of it (`DeskRow`), and what that is.

`condition` selects the rows in which `rules.flags(facts_of(row, today))` names the flag, on both
databases alike; `tests/test_flag_queries.py` compares the two.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
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
from django.utils import timezone

from initiatives import rules
from initiatives.choices import FundingType, Language
from initiatives.lifecycle import Status
from initiatives.models.evidence import Citation
from initiatives.models.facts import TRANSLATED
from initiatives.models.milestones import Milestone
from initiatives.models.money import Funding
from initiatives.models.participants import InitiativeSector
from initiatives.models.statuses import StatusChange
from initiatives.rules import Flag

OfInitiative = TypeVar("OfInitiative", Milestone, Funding, StatusChange)
_HALF = 10**12  # of an amount in thousandths: above and below it sums stay far from 64 bits
_OWN = OuterRef("pk")


def condition(flag: str, today: date, *, of: str = "desk_row__") -> Q:
    """What selects the initiatives that have `flag` on the day `today`, for `filter()`.

    With `of=""` it selects rows of DeskRow. It asks nothing of the database.
    """
    by_day = _STORED.get(Flag(flag))
    stored = {flag: True} if by_day is None else by_day(today)
    return Q(**{f"{of}{name}": value for name, value in stored.items()})


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _due_soon(today: date) -> dict[str, object]:
    return {"ends__gte": today, "ends__lte": today + timedelta(rules.DUE_SOON_DAYS)}


_STORED: dict[Flag, Callable[[date], dict[str, object]]] = {
    Flag.OVERDUE: lambda today: {"ends__lt": today},
    Flag.DUE_SOON: _due_soon,
    Flag.STALE: lambda today: {"check_by__lt": today},
    Flag.STALLED: lambda today: {"moved_at__lt": _midnight(today - timedelta(rules.STALLED_DAYS))},
}


def contradicts() -> Q:
    """Whether two statements of the initiative cannot both be true."""
    disbursements = _of_this(Funding).filter(type=FundingType.DISBURSEMENT)
    return (
        Q(Exists(Milestone.objects.filter(initiative=_OWN).open()), status=Status.IMPLEMENTED)
        | Q(status=Status.IN_PROGRESS, actual_end__isnull=False)
        | Q(Exists(disbursements), status=Status.PLANNED)
        | Q(planned_end__last__lt=F("planned_start__first"))
        | Q(actual_end__last__lt=F("actual_start__first"))
        | _disbursed_too_much()
        | _wrong_percents()
    )


def _of_this(model: type[OfInitiative]) -> QuerySet[OfInitiative]:
    return model._default_manager.filter(initiative=_OWN)


def _disbursed_too_much() -> Q:
    """Whether in a currency what was disbursed less what was committed is above 0.

    SQLite stops with an error where a sum of integers leaves 64 bits, as that of two amounts of
    nine quadrillions does. So the two halves of the numbers are added apart, then carried.
    """
    committed = Q(type=FundingType.COMMITMENT)
    unbounded = committed & ~Q(amount_kind__in=rules.AT_MOST)
    in_any_currency = _of_this(Funding).filter(unbounded, currency="")
    surplus = Case(
        When(committed, then=-Coalesce("amount_max", "amount")),
        When(type=FundingType.DISBURSEMENT, amount_kind__in=rules.AT_LEAST, then=F("amount")),
        output_field=BigIntegerField(),
    )
    half = Value(_HALF, BigIntegerField())
    too_much = (
        _of_this(Funding)
        .filter(type__in=[FundingType.COMMITMENT, FundingType.DISBURSEMENT])
        .order_by()
        .values("currency")
        .annotate(
            commitments=Count("pk", filter=committed),
            without_bound=Count("pk", filter=unbounded),
            high=Cast(Sum(surplus / half), BigIntegerField()),
            low=Cast(Sum(surplus % half), BigIntegerField()),
        )
        .annotate(carried=F("high") + F("low") / half, rest=F("low") % half)
        .filter(Q(carried__gt=0) | Q(carried=0, rest__gt=0), commitments__gt=0, without_bound=0)
        .values("currency")
    )
    return Q(Exists(too_much)) & ~Q(Exists(in_any_currency))


def _wrong_percents() -> Q:
    """In hundredths, as integers: SQLite keeps decimals as floats, whose sums are not exact."""
    hundredths = Cast(Round(F("percent") * 100), BigIntegerField())
    wrong = (
        InitiativeSector.objects.filter(initiative=_OWN, percent__isnull=False)
        .order_by()
        .values("initiative")
        .annotate(total=Sum(hundredths))
        .exclude(total=100 * 100)
        .values("initiative")
    )
    return Q(Exists(wrong))


def lacks_source() -> Q:
    """Whether no public source is cited for the initiative or for one of its statuses."""
    cited = Citation.objects.public()
    of_status = cited.filter(status_change__initiative=_OWN)
    return ~Exists(cited.filter(initiative=_OWN)) & ~Exists(of_status)


def lacks_translation() -> Q:
    """Whether a text that all languages need is missing in one of them."""
    empty = Q()
    for name in (f"{name}_{code}" for name in TRANSLATED for code in Language.values):
        empty |= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
    return empty


def lacks_day() -> Q:
    """Whether it has a status of which is not said since when it holds."""
    return Q(Exists(_of_this(StatusChange)), status_since__isnull=True)
