"""The pair of countries: the unit in which ministries work, and the brief for their session."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from initiatives import charts
from initiatives.as_of import events_as_published
from initiatives.editions.index.figures import Dates, Figures, OpenMilestones, PartKey
from initiatives.editions.lists import rows_of
from initiatives.filtersets.since import SinceForm
from initiatives.http.records import moved
from initiatives.views.scopes import ScopePage, Shown

if TYPE_CHECKING:
    from initiatives.models import Country, Milestone


MOVED_IN = timedelta(days=180)
LISTED = 30  # initiatives and moved dates in the brief; the list has all
OF_A_SIDE = 20  # open milestones
DATED, EVENTS = 12, 8  # initiatives and events on the axis of years


class PairPage(ScopePage):
    """Both countries take part, in whatever role; the order of the two does not matter."""

    template_name = "initiatives/pair.html"
    listed = LISTED
    takes = (*ScopePage.takes, *SinceForm.base_fields)

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
        since = SinceForm(self.request.GET or None).instant(ago=MOVED_IN, today=self.known.day)
        return Going(
            since=since,
            moved=figures.moved_dates(since, self.known.at, LISTED) if since else [],
            open_by_side=figures.open_milestones(OF_A_SIDE),
            dates=figures.dates(DATED),
            event_dates=figures.event_dates(EVENTS),
        )

    def codes(self, found: "Going") -> list[str]:
        return found.codes

    def shown(self, found: "Going", shown: Shown) -> dict[str, Any]:
        return {
            "countries": self.countries,
            "since_form": SinceForm(self.request.GET or None),
            "since": found.since,
            "moved": shown.parts("date_revisions", found.moved),
            "open_by_side": _by_side(found.open_by_side, shown),
            "dates": dates_of(found.dates, found.event_dates, shown, on=self.known.day),
        }


@dataclass(frozen=True, kw_only=True)
class Going:
    """What is going on between two countries; `since` an instant dates were moved."""

    since: datetime | None
    moved: list[PartKey]
    open_by_side: list[OpenMilestones]
    dates: Dates
    event_dates: Dates

    @property
    def codes(self) -> list[str]:
        sides = (side.keys for side in self.open_by_side)
        parts = [*self.moved, *chain.from_iterable(sides)]
        return [*self.dates.dated, *self.dates.undated, *(key.code for key in parts)]


def _by_side(
    sides: list[OpenMilestones], shown: Shown
) -> "list[tuple[Country | None, list[Milestone], int]]":
    """The country of each side or None, its first open milestones, and how many more it has."""
    known = rows_of("country", [one.side for one in sides if one.side])
    return [(known.get(one.side), shown.parts("milestones", one.keys), one.more) for one in sides]


def pair(first: str, second: str) -> "list[Country]":
    """The two countries in the order of their codes. Raises Http404 if one is unknown."""
    rows = rows_of("country", {first.upper(), second.upper()})
    if len(rows) != 2:
        raise Http404
    return [rows[iso2] for iso2 in sorted(rows)]


def dates_of(found: Dates, event_dates: Dates, shown: Shown, *, on: date | None) -> dict[str, Any]:
    """What of the initiatives and their events has a date, as a picture, and what has none."""
    events = events_as_published([*event_dates.dated, *event_dates.undated], on=on)
    dated, undated = (
        [events[slug] for slug in slugs if slug in events]
        for slugs in (event_dates.dated, event_dates.undated)
    )
    known, unknown = found.known + event_dates.known, found.unknown + event_dates.unknown
    today = on or timezone.localdate()
    return {
        "timeline": charts.timeline(shown.initiatives(found.dated), dated, today=today),
        "known": known,
        "unknown": unknown,
        "total": known + unknown,
        "is_cut": found.known > DATED or event_dates.known > EVENTS,
        "undated": shown.initiatives(found.undated),
        "undated_events": undated,
    }
