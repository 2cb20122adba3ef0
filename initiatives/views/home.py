"""The front page: what is tracked, how it stands, and the way into the list."""

from initiatives import charts, overview
from initiatives.views.pages import Known
from initiatives.views.scopes import ScopePage


class Home(ScopePage):
    """The newest changes first; the numbers are those of the list without filters."""

    template_name = "home.html"
    takes = ()
    listed = 24
    everywhere = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.known = Known()  # it has no past

    def list_query(self):
        return {}

    def figures(self, figures):
        return figures.by_country()

    def shown(self, found, shown):
        countries = overview.countries(found)
        return {"countries": countries, "map": charts.country_map(countries)}
