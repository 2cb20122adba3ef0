"""The page of an organisation: what it pays, what it gets, and what it takes part in."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from initiatives.editions.index import index
from initiatives.editions.index.figures import Figures
from initiatives.organisations import LISTED, SIDES, OwnMoney, parts_of
from initiatives.views.scopes import ScopePage, Shown, listed


class OrganisationPage(ScopePage):
    """The money of others in the same initiatives is on the pages of these, not here."""

    template_name = "initiatives/organisation.html"

    def dispatch(
        self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any
    ) -> TemplateResponse:
        with index.reading() as reading:
            is_public = reading.organisations([slug])
        if not is_public:
            raise Http404
        self.organisation = listed("organisation", slug)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self) -> dict[str, list[str]]:
        return {"organisation": [self.organisation.slug]}

    @property
    def own_money_of(self) -> str:
        return self.organisation.slug

    def figures(self, figures: Figures) -> Any:
        slug = self.organisation.slug
        sides = {side: figures.own_money(side, slug, LISTED) for side in SIDES}
        totals = {side: figures.totals(**{side: slug}) for side in SIDES}
        return sides, totals, figures.members(slug, LISTED)

    def codes(self, found: Any) -> list[str]:
        sides, _totals, (members, _number) = found
        return [*members, *(key.code for keys, _number in sides.values() for key in keys)]

    def shown(self, found: Any, shown: Shown) -> dict[str, Any]:
        sides, totals, (members, number) = found
        pays, gets = (
            OwnMoney(
                totals=totals[side],
                lines=shown.parts("funding", sides[side][0]),
                more=max(sides[side][1] - LISTED, 0),
            )
            for side in SIDES
        )
        parts = parts_of(self.organisation.slug, shown.initiatives(members))
        return {"pays": pays, "gets": gets, "parts": parts, "more_parts": max(number - LISTED, 0)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Organisations have no feeds of their own; those of the list under their name serve."""
        query = urlencode(self.list_query(), doseq=True)
        return super().get_context_data(
            organisation=self.organisation,
            follow=reverse("initiatives:list").rstrip("/"),
            follow_query=f"?{query}",
            **kwargs,
        )
