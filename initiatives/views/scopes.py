"""Pages about a part of the whole: a country, a pair, a sector, an organisation.

All show the same overview of a set of initiatives and lead into the list with the filter that
makes this set, so that what they count can be looked at row by row.
"""

from functools import partial
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from initiatives import overview, pictures, timeline
from initiatives.answers.records import moved
from initiatives.as_of import as_known
from initiatives.filtersets import InitiativeFilterSet
from initiatives.filtersets.selections import found_by
from initiatives.models import Country, Initiative, Sector
from initiatives.views.pages import Page, PastPage
from initiatives.views.past import statuses_then

SHOWN = 20
RECENT = 8


def overview_of(initiatives, list_query):
    """What the overview partial needs for a set of initiatives, and the list that shows it."""
    today = timezone.localdate()
    money = overview.money(initiatives)
    return {
        **_counted(overview.by_status(initiatives), list_query),
        "money": money,
        "money_bars": pictures.money_bars(money),
        "sector_bars": _sector_bars(initiatives, list_query),
        "late": overview.late(initiatives, today=today).for_list()[:SHOWN],
        "next_events": overview.next_events(initiatives, today=today),
        "open_events": overview.open_events(initiatives),
        "next_milestones": overview.next_milestones(initiatives, today=today),
        "recent": timeline.recent(partial(found_by, InitiativeFilterSet(list_query)), limit=RECENT),
        "initiatives": as_known(initiatives.for_list().for_rules()[:SHOWN]),
    }


def overview_then(initiatives, list_query, on):
    """The same for a day of the past, as far as it is cheap: how many, and the first of them."""
    rows = as_known(initiatives.for_list().for_rules()[:SHOWN], on=on)
    return {**_counted(statuses_then(initiatives), list_query), "initiatives": rows}


def _counted(statuses, list_query):
    query = urlencode(list_query, doseq=True)
    formats = {
        kind: f"{reverse(f'formats:{kind}')}?{query}" for kind in ("csv", "xlsx", "json", "iati")
    }
    return {
        "list_address": f"{reverse('initiatives:list')}?{query}",
        "list_joint": "&" if list_query else "",
        "formats": formats,
        "statuses": statuses,
        "total": sum(row.count for row in statuses),
    }


def _sector_bars(initiatives, list_query):
    """None on the page of a sector: choosing a second one would widen its list, not narrow it."""
    if "sector" in list_query:
        return []
    return pictures.sector_bars(overview.status_by_sector(initiatives))


class ScopePage(PastPage):
    """A page whose initiatives are those of the list under `list_query`."""

    def list_query(self):
        raise NotImplementedError

    def initiatives(self):
        return InitiativeFilterSet(self.list_query() | self.known.query).qs

    def overview(self):
        query = self.list_query() | self.known.query
        if self.known.day:
            return overview_then(self.initiatives(), query, self.known.day)
        return overview_of(self.initiatives(), query)

    def get_context_data(self, **kwargs):
        follow = {"follow": self.request.path.rstrip("/"), "today": timezone.localdate()}
        return super().get_context_data(**self.overview() | follow | kwargs)


def found(rows, **condition):
    """The one row, or Http404. A value that the database cannot hold is not found either."""
    row = rows.filter(**condition).first()
    if row is None:
        raise Http404
    return row


class CountryPage(ScopePage):
    template_name = "initiatives/country.html"

    def dispatch(self, request, *args, iso2, **kwargs):
        if iso2 != iso2.lower():
            return moved(request, reverse("initiatives:country", args=[iso2.lower()]))
        self.country = found(Country.objects, iso2=iso2.upper())
        return super().dispatch(request, *args, **kwargs)

    def list_query(self):
        return {"country": [self.country.iso2]}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            country=self.country,
            partners=overview.partners(self.country),
            observed=self._observed(),
            **kwargs,
        )

    def _observed(self):
        """What it only looks on at: in no number, list or sum of this page."""
        rows = Initiative.objects.published().only_observed_by(self.country.iso2)
        rows = rows.known_at(self.known.at) if self.known.day else rows
        return as_known(rows.for_list().for_rules()[:SHOWN], on=self.known.day)


class SectorPage(ScopePage):
    template_name = "initiatives/sector.html"

    def dispatch(self, request, *args, slug, **kwargs):
        self.sector = found(Sector.objects.select_related("parent"), slug=slug)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self):
        return {"sector": [self.sector.slug]}

    def get_context_data(self, **kwargs):
        return super().get_context_data(sector=self.sector, **kwargs)


class CountryIndex(Page):
    template_name = "initiatives/countries.html"

    def get_context_data(self, **kwargs):
        countries = list(overview.countries())
        return super().get_context_data(
            countries=countries,
            map=pictures.country_map(countries),
            pairs=overview.pairs(),
            **kwargs,
        )


class SectorIndex(Page):
    template_name = "initiatives/sectors.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(sectors=overview.sectors(), **kwargs)
