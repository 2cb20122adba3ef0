"""The front page: what is tracked, how it stands, and the way into the list."""

from django.utils import timezone

from initiatives import overview, pictures
from initiatives.as_of import as_known
from initiatives.filtersets import InitiativeFilterSet
from initiatives.views.pages import Page
from initiatives.views.scopes import overview_of

SHOWN = 24


class Home(Page):
    """The newest changes first; the numbers are those of the list without filters."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        everything = InitiativeFilterSet().qs
        countries = list(overview.countries())
        shown = {
            "initiatives": as_known(everything.for_list().for_rules()[:SHOWN]),
            # Also those that belong to no initiative yet.
            "next_events": overview.next_events(today=timezone.localdate()),
            "open_events": overview.open_events(),
        }
        return super().get_context_data(
            **overview_of(everything, {}) | shown,
            countries=countries,
            map=pictures.country_map(countries),
            **kwargs,
        )
