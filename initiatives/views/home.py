"""The front page: what is tracked, how it stands, and the way into the list."""

from initiatives import overview, pictures
from initiatives.filtersets import InitiativeFilterSet
from initiatives.views.pages import Page

SHOWN = 24


class Home(Page):
    """The newest changes first; the numbers are those of the list without filters."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        everything = InitiativeFilterSet()
        statuses, countries = overview.by_status(everything.qs), list(overview.countries())
        return super().get_context_data(
            total=sum(row.count for row in statuses),
            statuses=statuses,
            sector_bars=pictures.sector_bars(overview.status_by_sector(everything.qs)),
            countries=countries,
            map=pictures.country_map(countries),
            initiatives=everything.qs.for_list()[:SHOWN],
            **kwargs,
        )
