"""The page of an organisation: what it pays, what it gets, and what it takes part in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from initiatives.editions.index import index
from initiatives.editions.index.figures import Figures, PartKey
from initiatives.public.organisations import OwnMoney, parts_of, with_given_back
from initiatives.public.pages.briefing import Brief, BriefingPage
from initiatives.public.pages.inner_lists import InnerList, inner_list
from initiatives.public.pages.scopes import Shown, listed
from initiatives.totals import Total

SIZE = 20  # of a page of each of the three lists
_SIDES = {"pays": "provider", "gets": "receiver"}


@dataclass(frozen=True, kw_only=True)
class Side:
    """What the index tells of the money that an organisation pays, or gets."""

    page: InnerList
    keys: list[PartKey]
    totals: list[Total]
    given_back: dict[tuple[str, str], Decimal]


@dataclass(frozen=True, kw_only=True)
class Doing:
    """What an organisation does: `members` are the initiatives in which it has a role."""

    brief: Brief
    sides: dict[str, Side]
    page: InnerList
    members: list[str]

    @property
    def codes(self) -> list[str]:
        lines = [key.code for side in self.sides.values() for key in side.keys]
        return [*self.brief.codes, *self.members, *lines]


class OrganisationPage(BriefingPage):
    """The money of others in the same initiatives is on the pages of these, not here."""

    template_name = "initiatives/organisation.html"
    takes = (*BriefingPage.takes, *_SIDES, "parts")
    is_in_slipped = False

    def dispatch(
        self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any
    ) -> HttpResponseBase:
        with index.reading() as reading:
            is_public = reading.organisations([slug])
        if not is_public:
            raise Http404
        self.organisation = listed("organisation", slug)
        self.own_money_of = slug
        return super().dispatch(request, *args, **kwargs)

    def list_query(self) -> dict[str, list[str]]:
        return {"organisation": [self.organisation.slug]}

    def figures(self, figures: Figures) -> Doing:
        slug = self.organisation.slug
        page = self._list("parts", figures.roles(slug))
        return Doing(
            brief=self.brief(figures),
            sides={name: self._side(figures, name) for name in _SIDES},
            page=page,
            members=figures.members(slug, page.start, page.stop),
        )

    def _side(self, figures: Figures, name: str) -> Side:
        side, slug = _SIDES[name], self.organisation.slug
        page = self._list(name, figures.own_lines(side, slug))
        return Side(
            page=page,
            keys=figures.own_money(side, slug, page.start, page.stop),
            totals=figures.totals(**{side: slug}),
            given_back=figures.given_back(**{side: slug}),
        )

    def _list(self, name: str, total: int) -> InnerList:
        return inner_list(self.request, name, total, size=SIZE, takes=self.takes)

    def codes(self, found: Doing) -> list[str]:
        return found.codes

    def shown(self, found: Doing, shown: Shown) -> dict[str, Any]:
        money = {
            name: OwnMoney(
                totals=with_given_back(side.totals, side.given_back),
                lines=shown.parts("funding", side.keys),
                links=side.page.links,
            )
            for name, side in found.sides.items()
        }
        parts = parts_of(self.organisation.slug, shown.initiatives(found.members))
        told = {"parts": parts, "parts_links": found.page.links, **money}
        return told | self.told_of(found.brief, shown)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Organisations have no feeds of their own; those of the list under their name serve."""
        query = urlencode(self.list_query(), doseq=True)
        return super().get_context_data(
            organisation=self.organisation,
            follow=reverse("initiatives:list").rstrip("/"),
            follow_query=f"?{query}",
            **kwargs,
        )
