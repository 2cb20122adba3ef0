"""The rows of a list as the database finds them among the working rows of today."""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from initiatives.choices import PARTICIPANT_ROLES, PARTY_ROLES
from initiatives.models import (
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeOrganisation,
    InitiativeSector,
    Milestone,
    StatusChange,
)
from initiatives.partial_dates import PartialDate
from initiatives.promises import months_between
from initiatives.totals import totals
from tests.oracle.orders import moves_of, sort


def rows_of(filterset):
    """What a bound filterset without `as_of` asks for, in its order."""
    rows = Initiative.objects.published()
    if filterset.errors:
        return rows.none()
    for name, values in filterset.form.cleaned_data.items():
        if values and name in _CONDITIONS:
            rows = rows.filter(_CONDITIONS[name](values))
        elif values and name in _ROLES:
            every = filterset.all_countries
            for codes in [[one] for one in values] if every else [values]:
                rows = rows.filter(_in_country(_ROLES[name], codes))
    return sort(rows, filterset.order)


def money_of(rows):
    """The totals of the money of `rows`. A chain of wholes may lead through drafts."""
    names = ("initiative", "type", "currency", "amount", "amount_max", "amount_kind")
    lines = Funding.objects.filter(initiative__in=rows).values_list(*names)
    wholes = Initiative.objects.filter(parent__isnull=False).values_list("pk", "parent")
    return totals(list(lines), dict(wholes))


def _linked(through, condition) -> Q:
    return Q(pk__in=through.objects.filter(condition).values("initiative"))


def _in_country(roles, codes):
    return _linked(InitiativeCountry, Q(country__iso2__in=codes, role__in=roles))


def _in_sector(slugs):
    part_of = Q(sector__parent__slug__in=slugs)
    return _linked(InitiativeSector, Q(sector__slug__in=slugs) | part_of)


def _with_organisation(slugs):
    return (
        _linked(InitiativeOrganisation, Q(organisation__slug__in=slugs))
        | _linked(Funding, Q(provider__slug__in=slugs))
        | _linked(Funding, Q(receiver__slug__in=slugs))
    )


def _active_in(years):
    return reduce(or_, (_active(PartialDate.parse(str(year))) for year in years))


def _active(year):
    """An end that is not known leaves the time open; what has no date at all is never active."""
    first, last = year.first, year.last
    began = Q(actual_start__first__lte=last) | Q(
        actual_start__isnull=True, planned_start__first__lte=last
    )
    unknown = Q(actual_start__isnull=True, planned_start__isnull=True)
    ended = Q(actual_end__last__gte=first) | Q(
        Q(planned_end__isnull=True) | Q(planned_end__last__gte=first), actual_end__isnull=True
    )
    only_end = Q(actual_end__last__gte=first, actual_end__first__lte=last) | Q(
        actual_end__isnull=True, planned_end__last__gte=first, planned_end__first__lte=last
    )
    return (began & ended) | (unknown & only_end)


def _funded(answers):
    known = Q(pk__in=Funding.objects.values("initiative"))
    return reduce(or_, (known if answer == "yes" else ~known for answer in answers))


def _with_standing(standings):
    return reduce(or_, (_STANDINGS[one]() for one in standings))


def _overdue():
    return Q(pk__in=Initiative.objects.with_flag("overdue").values("pk"))


def _promised_in(years):
    """The earliest dated plan or agreement that no later row corrects."""
    corrected = StatusChange.objects.filter(corrects__isnull=False).values("corrects")
    standing = StatusChange.objects.filter(
        to_status__in=("planned", "agreed"), effective__isnull=False
    ).exclude(pk__in=corrected)
    found = defaultdict(list)
    for initiative, effective in standing.values_list("initiative", "effective"):
        found[initiative].append(effective.first.year)
    wanted = [pk for pk, own in found.items() if str(min(own)) in years]
    unknown = ~Q(pk__in=list(found)) if "unknown" in years else Q(pk__in=[])
    return Q(pk__in=wanted) | unknown


def _late(kinds):
    end = _OPEN & _overdue()
    due = Milestone.objects.open().filter(planned__last__lt=timezone.localdate())
    step = _OPEN & Q(pk__in=due.values("initiative"))
    return reduce(or_, ({"yes": end | step, "end": end, "milestone": step}[one] for one in kinds))


def _late_by(numbers):
    late = Initiative.objects.filter(_OPEN & _overdue()).values_list("pk", "planned_end")
    today = timezone.localdate()
    return Q(pk__in=[pk for pk, end in late if months_between(end.last, today) >= min(numbers)])


def _moved(kinds):
    moves = moves_of("planned_end")
    dated = Initiative.objects.filter(planned_end__isnull=False).values_list("pk", flat=True)
    never = dict.fromkeys(dated, "no")
    found = never | {pk: _where(first, now) for (pk, _step), (first, now) in moves.items()}
    steps = moves_of("planned").items()
    later = [pk for (pk, _step), move in steps if _where(*move) == "later"]
    wanted = [pk for pk, where in found.items() if where in kinds]
    return Q(pk__in=[*wanted, *(later if "milestone" in kinds else [])])


def _moved_by(numbers):
    moves = moves_of("planned_end").items()
    later = {pk: move for (pk, _step), move in moves if _where(*move) == "later"}
    return Q(pk__in=[pk for pk, move in later.items() if months_between(*move) >= min(numbers)])


def _where(first, now):
    if now is None:
        return "taken_back"
    return "no" if first == now else "later" if first < now else "earlier"


_OPEN = Q(status__in=("planned", "agreed", "in_progress", "suspended"))
_STANDINGS = {
    "in_full": lambda: Q(status="implemented", delivered="full"),
    "in_part": lambda: Q(status="implemented", delivered="part"),
    "not_said": lambda: Q(status="implemented", delivered=""),
    "late": lambda: _OPEN & _overdue(),
    "on_time": lambda: _OPEN & Q(planned_end__isnull=False) & ~_overdue(),
    "no_date": lambda: _OPEN & Q(planned_end__isnull=True),
    "dropped": lambda: Q(status="cancelled"),
}
_ROLES = {"country": PARTICIPANT_ROLES, "party": PARTY_ROLES}
_CONDITIONS = {
    "q": lambda texts: Q(
        pk__in=reduce(or_, (Initiative.objects.search(one) for one in texts)).values("pk")
    ),
    "status": lambda statuses: Q(status__in=statuses),
    "kind": lambda kinds: Q(kind__in=kinds),
    "delivered": lambda answers: Q(
        status="implemented",
        delivered__in=["" if answer == "not_said" else answer for answer in answers],
    ),
    "standing": _with_standing,
    "promised": _promised_in,
    "late": _late,
    "late_by": _late_by,
    "moved": _moved,
    "moved_by": _moved_by,
    "sector": _in_sector,
    "organisation": _with_organisation,
    "year": _active_in,
    "funded": _funded,
    "currency": lambda codes: _linked(Funding, Q(currency__in=codes)),
    "flag": lambda flags: Q(pk__in=Initiative.objects.with_flag(*flags).values("pk")),
    "updated_since": lambda instants: Q(updated_at__gte=min(instants)),
}
