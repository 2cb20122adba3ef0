"""The sets of initiatives and events that can be followed: a search, a country, a pair, a record.

Every function takes the request and what the address names, and gives a `Scope`; it declares the
parameters that it `takes`. An address that
names nothing public raises `Problem`; one that should be written otherwise raises `Moved`.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.answers import page_sizes
from initiatives.answers.problems import Problem, refuse
from initiatives.as_of import end_of
from initiatives.filtersets import AS_OF, FILTERS, InitiativeFilterSet
from initiatives.forms.period import PeriodForm
from initiatives.models import Country, Event, Initiative, InitiativeEvent, Sector

_CODE = re.compile(r"CI-\d{4}-\d{4,8}", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """`page` is the address of the page that shows the same; `key` names it in identifiers.

    `known_at` is the instant as of which all is told, None for now.
    """

    title: str
    page: str
    key: str
    initiatives: QuerySet
    events: QuerySet
    known_at: datetime | None = None


class Moved(Exception):
    """The address is right when it is written with these `kwargs`."""

    def __init__(self, **kwargs) -> None:
        super().__init__(kwargs)
        self.kwargs = kwargs


def takes(*names):
    """Declare the names of the parameters that a scope takes; any other is refused."""

    def declared(scope_of):
        scope_of.takes = names
        return scope_of

    return declared


@takes(*FILTERS, *page_sizes.NAMES)
def search(request) -> Scope:
    """The list under the filters of the query string, whichever page of it that names."""
    filterset = InitiativeFilterSet(request.GET)
    refuse(filterset.errors | page_sizes.errors_in(request.GET))
    state = {name: sorted(filterset.chosen(name)) for name in sorted(filterset.form.fields)}
    query = urlencode(state, doseq=True)
    known_at = filterset.known_on and end_of(filterset.known_on)
    events = _events_of(filterset.qs)
    return Scope(
        title=_in_words(filterset, state),
        page=_with(reverse("initiatives:list"), query),
        key=_with("initiatives", query),
        initiatives=filterset.qs,
        events=events.filter(created_at__lte=known_at) if known_at else events,
        known_at=known_at,
    )


def on_its_day(scope_of):
    """The scope as of the day that `as_of` names; what was not public then is not found."""

    @takes(*AS_OF)
    @wraps(scope_of)
    def scope_then(request, **named) -> Scope:
        scope = scope_of(request, **named)
        filterset = InitiativeFilterSet({"as_of": request.GET.getlist("as_of")})
        refuse(filterset.errors)
        if filterset.known_on is None:
            return scope
        at = end_of(filterset.known_on)
        known = scope.initiatives.known_at(at)
        if "code" in named and not known.exists():
            raise _unknown()
        events = scope.events.filter(created_at__lte=at)
        return replace(scope, initiatives=known, events=events, known_at=at)

    return scope_then


@on_its_day
def record(request, code) -> Scope:
    """One initiative; 410 with the public reason if it was public and is no more."""
    if not _CODE.fullmatch(code):
        raise _unknown()
    if code != code.upper():
        raise Moved(code=code.upper())
    initiatives = Initiative.objects.published().filter(code=code)
    initiative = initiatives.defer("search_text", "internal_note").first()
    if initiative is None:
        raise _gone(code)
    return Scope(
        title=initiative.title or code,
        page=reverse("initiatives:detail", args=[code]),
        key=f"initiatives/{code}",
        initiatives=initiatives,
        events=_events_of(initiatives),
    )


@on_its_day
def country(request, iso2) -> Scope:
    """Initiatives in which the country takes part in whatever role, and its events."""
    if iso2 != iso2.lower():
        raise Moved(iso2=iso2.lower())
    (found,) = _countries(iso2)
    initiatives = Initiative.objects.published().in_country(found.iso2)
    return Scope(
        title=str(found),
        page=reverse("initiatives:country", args=[iso2]),
        key=f"countries/{iso2}",
        initiatives=initiatives,
        events=_events_of(initiatives, _takes_part(found) | Q(host_country=found)),
    )


@on_its_day
def pair(request, first, second) -> Scope:
    """Initiatives in which both countries take part, each in whatever role, and their events.

    The order of the two does not matter; the address has them by the alphabet of their codes.
    """
    ordered = sorted((first.lower(), second.lower()))
    if [first, second] != ordered:
        raise Moved(first=ordered[0], second=ordered[1])
    one, other = _countries(first, second)
    initiatives = Initiative.objects.published().in_country(one.iso2).in_country(other.iso2)
    return Scope(
        title=f"{one} – {other}",
        page=reverse("initiatives:pair", args=ordered),
        key=f"pairs/{first}-{second}",
        initiatives=initiatives,
        events=_events_of(initiatives, _takes_part(one) & _takes_part(other)),
    )


@on_its_day
def sector(request, slug) -> Scope:
    """Initiatives in the sector or in a part of it."""
    found = Sector.objects.filter(slug=slug).first()
    if found is None:
        raise _unknown()
    initiatives = Initiative.objects.published().in_sector(slug)
    return Scope(
        title=str(found),
        page=reverse("initiatives:sector", args=[slug]),
        key=f"sectors/{slug}",
        initiatives=initiatives,
        events=_events_of(initiatives),
    )


@takes()
def events(request) -> Scope:
    """All events, with no initiatives of their own beside them."""
    return Scope(
        title=_("Events"),
        page=reverse("initiatives:events"),
        key="events",
        initiatives=Initiative.objects.none(),
        events=Event.objects.published(),
    )


@takes(*PeriodForm.NAMES)
def period(request) -> PeriodForm:
    """The days between which something changed, understood."""
    form = PeriodForm(request.GET)
    refuse(form.errors)
    return form


def _events_of(initiatives, or_that=None):
    """The events of `initiatives`, and those that meet the condition `or_that`."""
    links = InitiativeEvent.objects.filter(initiative__in=initiatives.order_by().values("pk"))
    condition = Q(pk__in=links.values("event"))
    if or_that is not None:
        condition |= or_that
    return Event.objects.published().filter(condition)


def _takes_part(country):
    there = Event.countries.through.objects.filter(country=country)
    return Q(pk__in=there.values("event"))


def _countries(*codes):
    found = Country.objects.filter(iso2__in=[code.upper() for code in codes]).order_by("iso2")
    countries = list(found)
    if len(countries) != len(codes):
        raise _unknown()
    return countries


def _gone(code):
    gone = Initiative.objects.withdrawn().exclude(embargo_until__gt=timezone.now())
    initiative = gone.filter(code=code).first()
    if initiative is None:
        return _unknown()
    return Problem(410, initiative.withdrawn_reason or _("No reason was given."))


def _unknown():
    return Problem(404, _("There is nothing public at this address."))


def _with(path, query):
    return f"{path}?{query}" if query else path


def _in_words(filterset, state):
    """For example “Initiatives – Status: Planned; Country: KZ”; codes stay codes."""
    parts = [
        f"{filterset.form.fields[name].label}: {', '.join(_labels(filterset, name, values))}"
        for name, values in state.items()
        if values and name != "sort"
    ]
    return " – ".join(filter(None, (_("Initiatives"), "; ".join(parts))))


def _labels(filterset, name, values):
    known = dict(getattr(filterset.form.fields[name], "choices", ()))
    return [str(known.get(value, value)) for value in values]
