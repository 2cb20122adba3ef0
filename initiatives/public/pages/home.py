"""The front page: a briefing of all that is tracked, with the countries of most of it."""

from typing import Any

from django.http import HttpRequest

from initiatives.editions.index.figures import Figures
from initiatives.public import overview
from initiatives.public.pages.briefing import Brief, BriefingPage
from initiatives.public.pages.pages import Known
from initiatives.public.pages.scopes import Shown

COUNTRIES = 12


class Home(BriefingPage):
    """The numbers are those of the list without filters, to which each of them leads."""

    template_name = "home.html"
    takes = ()
    everywhere = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.known = Known()  # it has no past

    def list_query(self) -> dict[str, Any]:
        return {}

    def figures(self, figures: Figures) -> tuple[Brief, dict[str, int]]:
        return self.brief(figures), figures.by_country()

    def codes(self, found: tuple[Brief, dict[str, int]]) -> list[str]:
        return found[0].codes

    def shown(self, found: tuple[Brief, dict[str, int]], shown: Shown) -> dict[str, Any]:
        brief, numbers = found
        countries = overview.countries(numbers)[:COUNTRIES]
        first = [row for row in countries if row.number]
        return {"first_countries": first, **self.told_of(brief, shown)}
