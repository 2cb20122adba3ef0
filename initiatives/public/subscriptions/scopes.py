"""The sets of initiatives and events that can be followed: a search, a country, a pair, a record.

Every function takes the request and what the address names, and gives a `Scope`; it declares the
parameters that it `takes`. An address that names nothing public raises `Problem`; one that should
be written otherwise raises `Moved`. All are asked of the public register.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import (
    TYPE_CHECKING,
    Any,
    NotRequired,
    ParamSpec,
    Protocol,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
)
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives import timeline
from initiatives.choices import EditionKind
from initiatives.editions.access import Access, public_edition
from initiatives.editions.lists import row_of, rows_of
from initiatives.editions.record import EventRecord, InitiativeRecord, decoded
from initiatives.http import page_sizes
from initiatives.http.problems import Problem, refuse
from initiatives.public.filtersets import AS_OF, FILTERS, InitiativeFilterSet
from initiatives.public.filtersets.base import ParameterSet
from initiatives.public.filtersets.period import PeriodForm
from initiatives.public.filtersets.selections import found_by
from initiatives.public.subscriptions.scope import Scope, decided_at, found_codes

if TYPE_CHECKING:
    from initiatives.models import Country


# The parameters whose values are rows of a list, and which.
_LISTS = {"party": "country"} | {name: name for name in ("country", "sector", "organisation")}
_CODE = re.compile(r"CI-\d{4}-\d{4,8}", re.ASCII | re.IGNORECASE)


class Moved(Exception):
    """The address is right when it is written with these `kwargs`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kwargs)
        self.kwargs = kwargs


Asked = ParamSpec("Asked")
Given = TypeVar("Given", covariant=True)


class Taking(Protocol[Asked, Given]):
    """A function, and the names of the parameters of an address that it takes."""

    __name__: str
    takes: tuple[str, ...]

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Given: ...


def takes(*names: str) -> Callable[[Callable[Asked, Given]], Taking[Asked, Given]]:
    """Declare the names of the parameters that a scope takes; any other is refused."""

    def declared(function: Callable[Asked, Given]) -> Taking[Asked, Given]:
        taking = cast(Taking[Asked, Given], function)  # it is one once it has the attribute
        taking.takes = names
        return taking

    return declared


@takes(*FILTERS, *page_sizes.NAMES)
def search(request: HttpRequest) -> Scope:
    """The list under the filters of the query string, whichever page of it that names."""
    filterset = InitiativeFilterSet(request.GET)
    refuse(filterset.errors | page_sizes.errors_in(request.GET))
    state = {name: sorted(filterset.chosen(name)) for name in sorted(filterset.form.fields)}
    query = urlencode(state, doseq=True)
    return Scope(
        title=in_words(_("Initiatives"), filterset, state),
        page=_with(reverse("initiatives:list"), query),
        key=_with("initiatives", query),
        find=partial(found_by, filterset),
        at=filterset.known_at,
    )


@takes(*AS_OF)
def record(request: HttpRequest, code: str) -> Scope:
    """One initiative; 410 with the public reason if it was public and is no more."""
    if not _CODE.fullmatch(code):
        raise _unknown()
    if code != code.upper():
        raise Moved(code=code.upper())
    at = _on_its_day(request, {}).known_at
    found = public_edition(EditionKind.INITIATIVE, code, at=at)
    if found.access is Access.UNKNOWN:
        raise _unknown()
    if found.access is not Access.SHOWN:
        reason, _language = timeline.text_and_language(found.reason)
        raise Problem(found.access.status, reason or _("No reason was given."))
    title, _language = timeline.text_and_language(decoded(found.known.body, InitiativeRecord).title)
    return Scope(
        title=title or code,
        page=reverse("initiatives:detail", args=[code]),
        key=f"initiatives/{code}",
        find=partial(found_codes, code, at=at),
        at=at,
    )


@takes(*AS_OF)
def country(request: HttpRequest, iso2: str) -> Scope:
    """Initiatives in which the country takes part in whatever role, and its events."""
    if iso2 != iso2.lower():
        raise Moved(iso2=iso2.lower())
    (found,) = _countries(iso2)
    return _of_list(
        request,
        {"country": [found.iso2]},
        title=str(found),
        page=reverse("initiatives:country", args=[iso2]),
        key=f"countries/{iso2}",
        has_event=lambda event: found.iso2 in (event.host_country, *event.countries),
    )


@takes(*AS_OF)
def pair(request: HttpRequest, first: str, second: str) -> Scope:
    """Initiatives in which both countries take part, each in whatever role, and their events.

    The order of the two does not matter; the address has them by the alphabet of their codes.
    """
    ordered = sorted((first.lower(), second.lower()))
    if [first, second] != ordered:
        raise Moved(first=ordered[0], second=ordered[1])
    countries = _countries(first, second)
    codes = {one.iso2 for one in countries}
    return _of_list(
        request,
        {"country": sorted(codes), "country_match": ["all"]},
        title=" – ".join(map(str, countries)),
        page=reverse("initiatives:pair", args=ordered),
        key=f"pairs/{first}-{second}",
        has_event=lambda event: codes <= set(event.countries),
    )


@takes(*AS_OF)
def sector(request: HttpRequest, slug: str) -> Scope:
    """Initiatives in the sector or in a part of it."""
    found = row_of("sector", slug)
    if found is None:
        raise _unknown()
    return _of_list(
        request,
        {"sector": [slug]},
        title=str(found),
        page=reverse("initiatives:sector", args=[slug]),
        key=f"sectors/{slug}",
    )


@takes()
def events(request: HttpRequest) -> Scope:
    """All events, with no initiatives of their own beside them."""
    return Scope(
        title=_("Events"),
        page=reverse("initiatives:events"),
        key="events",
        find=found_codes,
        has_event=lambda event: True,
    )


@takes()
def event(request: HttpRequest, slug: str) -> Scope:
    """One event and what was decided at it; 410 with the public reason if it was public."""
    found = public_edition(EditionKind.EVENT, slug)
    if found.access is Access.UNKNOWN:
        raise _unknown()
    if found.access is not Access.SHOWN:
        reason, _language = timeline.text_and_language(found.reason)
        raise Problem(found.access.status, reason or _("No reason was given."))
    title, _language = timeline.text_and_language(decoded(found.known.body, EventRecord).title)
    return Scope(
        title=title or slug,
        page=reverse("initiatives:event", args=[slug]),
        key=f"events/{slug}",
        find=partial(decided_at, slug),
        only_event=slug,
    )


@takes(*PeriodForm.NAMES)
def period(request: HttpRequest) -> PeriodForm:
    """The days between which something changed, understood."""
    form = PeriodForm(request.GET)
    refuse(form.wrong)
    return form


class _Told(TypedDict):
    title: str
    page: str
    key: str
    has_event: NotRequired[Callable[[EventRecord], bool]]


def _of_list(request: HttpRequest, query: dict[str, list[str]], **told: Unpack[_Told]) -> Scope:
    """The initiatives of the list under `query`, on the day that `as_of` of the address names."""
    filterset = _on_its_day(request, query)
    return Scope(find=partial(found_by, filterset), at=filterset.known_at, **told)


def _on_its_day(request: HttpRequest, query: dict[str, list[str]]) -> InitiativeFilterSet:
    filterset = InitiativeFilterSet.of_day(request.GET, **query)
    refuse(filterset.errors)
    return filterset


def _countries(*codes: str) -> "list[Country]":
    found = rows_of("country", {code.upper() for code in codes})
    if len(found) != len(codes):
        raise _unknown()
    return [found[iso2] for iso2 in sorted(found)]


def _unknown() -> Problem:
    return Problem(404, _("There is nothing public at this address."))


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def in_words(what: str, filterset: ParameterSet, state: dict[str, list[str]]) -> str:
    """For example “Initiatives – Status: Planned; Country: Kazakhstan”."""
    parts = [
        f"{filterset.form.fields[name].label}: {', '.join(_labels(filterset, name, values))}"
        for name, values in state.items()
        if values and name != "sort"
    ]
    return " – ".join(filter(None, (what, "; ".join(parts))))


def _labels(filterset: ParameterSet, name: str, values: list[str]) -> list[str]:
    """Values as people read them; what is no code of a list stays as it is."""
    known = dict(getattr(filterset.form.fields[name], "choices", ()))
    known |= rows_of(_LISTS[name], values) if name in _LISTS else {}
    return [str(known.get(value, value)) for value in values]
