"""The pair of countries: the unit in which ministries work, and the brief for their session."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from initiatives.as_of import events_as_published
from initiatives.editions.index.decisions import OpenDecisions
from initiatives.editions.index.figures import Dates, Figures, OpenMilestones, PartKey
from initiatives.editions.lists import rows_of
from initiatives.http.address import Address
from initiatives.http.records import moved
from initiatives.public import charts
from initiatives.public.filtersets.since import SinceForm
from initiatives.public.pages.briefing import Brief, BriefingPage
from initiatives.public.pages.decisions import open_in_rows
from initiatives.public.pages.inner_lists import InnerList, inner_list
from initiatives.public.pages.scopes import Shown

if TYPE_CHECKING:
    from initiatives.models import Country, Milestone


MOVED_IN = timedelta(days=180)
MOVED = 10  # moved dates in the brief; what slipped has all
DECISIONS = 4  # on a page
OF_A_SIDE = 5  # open milestones
DATED, EVENTS = 12, 8  # initiatives and events on the axis of years


class PairPage(BriefingPage):
    """Both countries take part, in whatever role; the order of the two does not matter."""

    template_name = "initiatives/pair.html"
    slipped = coming = recent = 3
    takes = (*BriefingPage.takes, *SinceForm.base_fields, "decisions")

    def dispatch(
        self, request: HttpRequest, *args: Any, first: str, second: str, **kwargs: Any
    ) -> HttpResponseBase:
        ordered = sorted((first.lower(), second.lower()))
        if [first, second] != ordered:
            return moved(request, reverse("initiatives:pair", args=ordered))
        self.countries = pair(first, second)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self) -> dict[str, list[str]]:
        codes = [country.iso2 for country in self.countries]
        return {"country": codes, "country_match": ["all"]}

    def figures(self, figures: Figures) -> "Going":
        since = SinceForm(self.request.GET).instant(ago=MOVED_IN, today=self.known.day)
        open_ = OpenDecisions(figures.found, [country.iso2 for country in self.countries])
        page = inner_list(self.request, "decisions", open_.total, size=DECISIONS, takes=self.takes)
        return Going(
            brief=self.brief(figures),
            page=page,
            decisions=open_.keys(page.start, page.stop),
            late=open_.late,
            since=since,
            moved=figures.moved_dates(since, self.known.at, MOVED + 1) if since else [],
            open_by_side=figures.open_milestones(OF_A_SIDE),
            dates=figures.dates(DATED),
            event_dates=figures.event_dates(EVENTS),
        )

    def codes(self, found: "Going") -> list[str]:
        return found.codes

    def shown(self, found: "Going", shown: Shown) -> dict[str, Any]:
        rows = shown.initiatives(found.decisions)
        return {
            "countries": self.countries,
            "compare_address": self._compare_address,
            "decisions": open_in_rows(rows, [one.iso2 for one in self.countries], self.day),
            "open_decisions": found.page.total,
            "late_decisions": found.late,
            "since_form": SinceForm(self.request.GET),
            "since": found.since,
            "is_since_asked": "since" in self.request.GET,
            "moved": shown.parts("date_revisions", found.moved[:MOVED]),
            "moved_more": len(found.moved) > MOVED,
            "moved_address": Address(reverse("initiatives:slipped"), self.list_query()),
            "open_by_side": _by_side(found.open_by_side, self.countries, shown),
            "dates": self._dates(found, shown),
            **found.page.links,
            **self.told_of(found.brief, shown),
        }

    @property
    def _compare_address(self) -> Address:
        one, other = self.countries
        state = {"country": [one.iso2], "with": [other.iso2]} | self.known.query
        return Address(reverse("initiatives:compare"), state)

    def _dates(self, found: "Going", shown: Shown) -> dict[str, Any]:
        dates, events = found.dates, found.event_dates
        return dates_of(dates, events, shown, on=self.known.day, today=self.day)


@dataclass(frozen=True, kw_only=True)
class Going:
    """What is going on between two countries: the open `decisions` of a page, of all of which so
    many are `late`; `since` an instant dates were moved."""

    brief: Brief
    page: InnerList
    decisions: list[str]
    late: int
    since: datetime | None
    moved: list[PartKey]
    open_by_side: list[OpenMilestones]
    dates: Dates
    event_dates: Dates

    @property
    def codes(self) -> list[str]:
        sides = (side.keys for side in self.open_by_side)
        parts = [*self.moved, *chain.from_iterable(sides)]
        named = [*self.brief.codes, *self.decisions, *self.dates.dated, *self.dates.undated]
        return [*named, *(key.code for key in parts)]


def _by_side(
    sides: list[OpenMilestones], countries: "list[Country]", shown: Shown
) -> "list[tuple[Country | None, list[Milestone], int]]":
    """The country of each side or None, its first open milestones, and how many more it has; the
    two of the pair first, and what names nobody last."""
    known = rows_of("country", [one.side for one in sides if one.side])
    own = {country.iso2 for country in countries}
    ordered = sorted(sides, key=lambda one: (one.side is None, one.side not in own))
    return [
        (known.get(one.side or ""), shown.parts("milestones", one.keys), one.more)
        for one in ordered
    ]


def pair(first: str, second: str) -> "list[Country]":
    """The two countries in the order of their codes. Raises Http404 if one is unknown."""
    rows = rows_of("country", {first.upper(), second.upper()})
    if len(rows) != 2:
        raise Http404
    return [rows[iso2] for iso2 in sorted(rows)]


def dates_of(
    found: Dates, event_dates: Dates, shown: Shown, *, on: date | None, today: date
) -> dict[str, Any]:
    """What of the initiatives and their events has a date, as a picture, and what has none."""
    events = events_as_published([*event_dates.dated, *event_dates.undated], on=on)
    dated, undated = (
        [events[slug] for slug in slugs if slug in events]
        for slugs in (event_dates.dated, event_dates.undated)
    )
    known, unknown = found.known + event_dates.known, found.unknown + event_dates.unknown
    return {
        "timeline": charts.timeline(shown.initiatives(found.dated), dated, today=today),
        "known": known,
        "unknown": unknown,
        "total": known + unknown,
        "is_cut": found.known > DATED or event_dates.known > EVENTS,
        "undated": shown.initiatives(found.undated),
        "undated_events": undated,
    }
