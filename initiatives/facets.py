"""Counts beside the options of a list.

`counts()` is the whole interface: it takes a filterset that is bound to an address and gives for
each facet its options with their numbers. How they are counted stays behind it: today one
GROUP BY a facet, and an index may take its place without a change elsewhere. Of the filterset it
needs `alternatives(name)`, the rows among which an option of `name` would choose, `chosen(name)`,
the values chosen already, `vocabulary(name)`, the values and labels of a closed list, and
`column(name)`, where its value is held.
"""

from collections import Counter
from dataclasses import dataclass

from babel.numbers import list_currencies
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from initiatives.choices import PARTICIPANT_ROLES, PARTY_ROLES
from initiatives.models import (
    Country,
    Funding,
    InitiativeCountry,
    InitiativeOrganisation,
    InitiativeSector,
    Organisation,
    Sector,
)
from initiatives.models.flags import condition
from initiatives.partial_dates import FIRST_YEAR, LAST_YEAR
from initiatives.rules import Flag

LIMIT = 40  # options of a facet; of more, those with the highest counts and the chosen ones
YEARS_AROUND = 50  # years shown before and after this one; chosen years are always shown


@dataclass(frozen=True)
class Option:
    """`count` rows would be shown if this option were chosen under the other filters.

    Where several countries must all take part, they are the rows that also have this one.
    """

    value: str
    label: str
    count: int
    chosen: bool


def counts(filterset, names=None) -> dict[str, list[Option]]:
    """The options of the facets `names` (default: all), each facet in the order of its reading.

    The number of queries does not depend on the number of rows.
    """
    found = {}
    for name in names or FACETS:
        chosen = frozenset(filterset.chosen(name))
        labels, tally = FACETS[name](filterset, name)
        found[name] = _most_used(
            [Option(key, str(labels[key]), tally.get(key, 0), key in chosen) for key in labels]
        )
    return found


def _most_used(options):
    first = sorted(options, key=lambda option: (not option.chosen, -option.count))
    kept = {option.value for option in first[:LIMIT]}
    return [option for option in options if option.value in kept]


def _tally(rows, key, counted="initiative") -> dict:
    number = Count(counted, distinct=counted != "pk")
    return dict(rows.order_by().values_list(key).annotate(number=number))


def _links(model, filterset, name, **condition):
    rows = filterset.alternatives(name).order_by().values("pk")
    return model.objects.filter(initiative__in=rows, **condition)


def _vocabulary(filterset, name):
    tally = _tally(filterset.alternatives(name), filterset.column(name), "pk")
    return dict(filterset.vocabulary(name)), tally


def _sectors(filterset, name):
    """A sector counts what is in it or in a part of it, once."""
    links = _links(InitiativeSector, filterset, name)
    tally = _tally(links, "sector__slug")
    sectors = {sector.slug: sector for sector in Sector.objects.all()}
    if any(sector.parent_id for sector in sectors.values()):
        in_whole = InitiativeSector.objects.filter(
            initiative=OuterRef("initiative"), sector=OuterRef("sector__parent")
        )
        in_part_only = links.filter(~Exists(in_whole), sector__parent__isnull=False)
        for slug, number in _tally(in_part_only, "sector__parent__slug").items():
            tally[slug] = tally.get(slug, 0) + number
    return sectors, tally


def _countries(**condition):
    def facet(filterset, name):
        links = _links(InitiativeCountry, filterset, name, **condition)
        countries = {country.iso2: country for country in Country.objects.all()}
        return countries, _tally(links, "country__iso2")

    return facet


def _organisations(filterset, name):
    """Those that would give rows, the most frequent first, then chosen ones that would not."""
    tally = _tally_of_organisations(filterset, name)
    most = sorted(tally, key=lambda slug: (-tally[slug], slug))[:LIMIT]
    # What is wrong is not looked up: it may be nothing that a database can hold.
    chosen = () if name in filterset.errors else filterset.chosen(name)
    wanted = [*most, *sorted(set(chosen) - set(most))]
    found = Organisation.objects.published().in_bulk(wanted, field_name="slug")
    return {slug: found[slug] for slug in wanted if slug in found}, tally


def _tally_of_organisations(filterset, name) -> Counter:
    """Who takes part, pays or receives: of each way only what no earlier one has counted."""
    of_this = {"initiative": OuterRef("initiative")}
    links, money = InitiativeOrganisation.objects.filter(**of_this), Funding.objects
    paid_by_it = money.filter(**of_this, provider=OuterRef("receiver"))
    paying = _links(Funding, filterset, name, provider__isnull=False)
    getting = _links(Funding, filterset, name, receiver__isnull=False)
    tally = Counter(_tally(_links(InitiativeOrganisation, filterset, name), "organisation__slug"))
    tally += _tally(
        paying.exclude(Exists(links.filter(organisation=OuterRef("provider")))), "provider__slug"
    )
    tally += _tally(
        getting.exclude(Exists(links.filter(organisation=OuterRef("receiver")))).exclude(
            Exists(paid_by_it)
        ),
        "receiver__slug",
    )
    return tally


def _years(filterset, name):
    """The years in which something is active, as `active_in()` defines it; newest first.

    Rows are grouped by the years of their start and end, of which there are few.
    """
    spans = (
        filterset.alternatives(name)
        .order_by()
        .values_list(
            _year_of("actual_start", "planned_start"), _year_of("actual_end", "planned_end")
        )
        .annotate(number=Count("pk"))
    )
    spans = [(start and int(start), end and int(end), number) for start, end, number in spans]
    tally = {
        str(year): sum(number for start, end, number in spans if _active(year, start, end))
        for year in sorted(_shown_years(spans, filterset.chosen(name)), reverse=True)
    }
    return {year: year for year in tally}, tally


def _year_of(*fields):
    return Substr(Coalesce(*fields), 1, 4)


def _active(year, start, end) -> bool:
    if start is None:
        return end == year
    return start <= year and (end is None or year <= end)


def _shown_years(spans, chosen) -> set[int]:
    now = timezone.localdate().year
    known = [year for start, end, _number in spans for year in (start, end) if year]
    first, last = min(known, default=now), max([*known, now])
    near = range(max(first, now - YEARS_AROUND), min(last, now + YEARS_AROUND) + 1)
    years = {int(text) for text in chosen if text.isdecimal()}
    return {*near, *(year for year in years if FIRST_YEAR <= year <= LAST_YEAR)}


def _funded(filterset, name):
    rows = filterset.alternatives(name)
    known = rows.filter(pk__in=Funding.objects.values("initiative")).count()
    return dict(filterset.vocabulary(name)), {"yes": known, "no": rows.count() - known}


def _flags(filterset, name):
    """All flags in one query; a row may have several."""
    today = timezone.localdate()
    numbers = {
        flag.value: Count("pk", filter=Q(condition(flag, today)), distinct=True) for flag in Flag
    }
    return dict(Flag.choices), filterset.alternatives(name).order_by().aggregate(**numbers)


def _currencies(filterset, name):
    links = _links(Funding, filterset, name).exclude(currency="")
    tally = _tally(links, "currency")
    chosen = list_currencies() & set(filterset.chosen(name))
    return {code: code for code in sorted({*tally, *chosen})}, tally


FACETS = {
    "status": _vocabulary,
    "sector": _sectors,
    "country": _countries(role__in=PARTICIPANT_ROLES),
    "party": _countries(role__in=PARTY_ROLES),
    "kind": _vocabulary,
    "year": _years,
    "organisation": _organisations,
    "funded": _funded,
    "currency": _currencies,
    "flag": _flags,
}
