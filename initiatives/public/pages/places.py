"""Countries and sectors: the page of each is a briefing of its part, and the indexes of both."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from initiatives.editions.index import Selection, index
from initiatives.editions.index.figures import Figures
from initiatives.http.records import moved
from initiatives.public import charts, overview
from initiatives.public.pages.briefing import Brief, BriefingPage
from initiatives.public.pages.pages import Page
from initiatives.public.pages.scopes import Shown, listed

PARTNERS = 12  # before the rest is folded away
OBSERVED = 10


@dataclass(frozen=True, kw_only=True)
class OfCountry:
    """What the country only looks on at is in no number, list or sum of its page."""

    brief: Brief
    together: dict[str, int]
    observed: list[str]

    @property
    def codes(self) -> list[str]:
        return [*self.brief.codes, *self.observed]


class CountryPage(BriefingPage):
    template_name = "initiatives/country.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, iso2: str, **kwargs: Any
    ) -> HttpResponseBase:
        if iso2 != iso2.lower():
            return moved(request, reverse("initiatives:country", args=[iso2.lower()]))
        self.country = listed("country", iso2.upper())
        return super().dispatch(request, *args, **kwargs)

    def list_query(self) -> dict[str, list[str]]:
        return {"country": [self.country.iso2]}

    def figures(self, figures: Figures) -> OfCountry:
        iso2 = self.country.iso2
        return OfCountry(
            brief=self.brief(figures),
            together=figures.together_with(iso2),
            observed=figures.only_observed_by(iso2, OBSERVED),
        )

    def codes(self, found: OfCountry) -> list[str]:
        return found.codes

    def shown(self, found: OfCountry, shown: Shown) -> dict[str, Any]:
        partners = overview.partners(found.together)
        return {
            "country": self.country,
            "partners": partners[:PARTNERS],
            "other_partners": partners[PARTNERS:],
            "observed": shown.initiatives(found.observed),
            "meter_address": self.to("meter"),
            "compare_address": self.to("compare"),
            **self.told_of(found.brief, shown),
        }


class SectorPage(BriefingPage):
    template_name = "initiatives/sector.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any
    ) -> HttpResponseBase:
        self.sector = listed("sector", slug)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self) -> dict[str, list[str]]:
        return {"sector": [self.sector.slug]}

    def figures(self, figures: Figures) -> Brief:
        return self.brief(figures)

    def codes(self, found: Brief) -> list[str]:
        return found.codes

    def shown(self, found: Brief, shown: Shown) -> dict[str, Any]:
        own = {"sector": self.sector, "meter_address": self.to("meter")}
        return own | self.told_of(found, shown)


class CountryIndex(Page):
    template_name = "initiatives/countries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with index.reading() as reading:
            figures = Figures(reading.find(Selection()))
            numbers, together = figures.by_country(), figures.pairs()
        countries = overview.countries(numbers)
        return super().get_context_data(
            countries=countries,
            map=charts.country_map(countries),
            pairs=overview.pairs(together),
            **kwargs,
        )


class SectorIndex(Page):
    template_name = "initiatives/sectors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with index.reading() as reading:
            numbers = reading.find(Selection()).tally("sector")
        return super().get_context_data(sectors=overview.sectors(numbers), **kwargs)
