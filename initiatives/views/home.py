"""The front page: what is tracked, how it stands, and the way into the list."""

from typing import Any

from django.http import HttpRequest

from initiatives import charts, overview
from initiatives.editions.index.figures import Figures
from initiatives.views.pages import Known
from initiatives.views.scopes import ScopePage, Shown


class Home(ScopePage):
    """The newest changes first; the numbers are those of the list without filters."""

    template_name = "home.html"
    takes = ()
    listed = 24
    everywhere = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.known = Known()  # it has no past

    def list_query(self) -> dict[str, Any]:
        return {}

    def figures(self, figures: Figures) -> dict[str, int]:
        return figures.by_country()

    def shown(self, found: dict[str, int], shown: Shown) -> dict[str, Any]:
        countries = overview.countries(found)
        return {"countries": countries, "map": charts.country_map(countries)}
