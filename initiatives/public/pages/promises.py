"""What became of what was promised: by year of promise, and of two countries or years beside."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.choices import YEAR_UNKNOWN, Standing
from initiatives.editions.index.figures import Figures
from initiatives.http.address import Address
from initiatives.public import charts, facets
from initiatives.public.charts.standing_bars import StandingSegment
from initiatives.public.filtersets import AS_OF, InitiativeFilterSet, unknown
from initiatives.public.filtersets.selections import found_by
from initiatives.public.pages import panel
from initiatives.public.pages.pages import PastPage

# The parameters that say of which promises is told.
NARROWING = ("country", "sector")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How many promises have a standing, and the list of them."""

    standing: Standing
    count: int
    address: Address


@dataclass(frozen=True, kw_only=True)
class Row:
    """The promises of a year, or of all years, and what became of them."""

    year: str
    label: str
    total: int
    address: Address
    figures: list[Figure]
    segments: list[StandingSegment]


class Meter(PastPage):
    """What was promised in each year and what had become of it by the day.

    `country` and `sector` narrow it as they narrow the list; every number leads to its rows there.
    """

    template_name = "initiatives/meter.html"
    takes = (*NARROWING, *AS_OF)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = InitiativeFilterSet({name: query.getlist(name) for name in self.takes})
        with found_by(filterset) as found:
            by_year = {} if unknown(self.request, self.takes) else Figures(found).promises()
            tallies = facets.tallies(found, filterset, NARROWING)
        options = facets.options(filterset, tallies)
        state = {name: filterset.chosen(name) for name in self.takes}
        all_years = added(by_year.values())
        return super().get_context_data(
            filterset=filterset,
            groups=panel.groups(filterset, options, open_ones=()),
            chips=panel.chips(panel.chosen(filterset, options), Address(self.request.path, state)),
            table=Address(reverse("formats:meter-table"), state),
            rows=[row_of(state, by_year[year], year) for year in by_year],
            whole=row_of(state, all_years),
            counts=all_years,
            total=sum(all_years.values()),
            standings=Standing,
            chart_query=urlencode(state, doseq=True),
            **kwargs,
        )


def row_of(state: dict[str, list[str]], counts: Mapping[str, int], year: str = "") -> Row:
    """The row of the promises that the list finds under `state`, of one year where it is given."""
    path = reverse("initiatives:list")
    own = Address(path, state | ({"promised": [year]} if year else {}))
    return Row(
        year=year,
        label=year_in_words(year),
        total=sum(counts.values()),
        address=own,
        figures=[
            Figure(
                standing=standing,
                count=counts.get(standing, 0),
                address=own.with_value("standing", standing.value),
            )
            for standing in Standing
        ],
        segments=charts.standing_bar(counts),
    )


def year_in_words(year: str) -> str:
    """A value of the filter `promised`; without one all years are meant."""
    return {"": _("All years"), YEAR_UNKNOWN: _("Year not known")}.get(year, year)


def added(counts: Collection[Mapping[str, int]]) -> dict[str, int]:
    """Of each standing the sum; those that none has are left out."""
    every = [(one, sum(each.get(one, 0) for each in counts)) for one in Standing]
    return {one.value: number for one, number in every if number}
