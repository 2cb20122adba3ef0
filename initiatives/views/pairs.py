"""The pair of countries: the unit in which ministries work, and the brief for their session."""

from datetime import timedelta

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from initiatives import overview, pictures
from initiatives.answers.records import moved
from initiatives.forms.since import SinceForm
from initiatives.models import Country
from initiatives.views import past
from initiatives.views.scopes import ScopePage, overview_of, overview_then

MOVED_IN = timedelta(days=180)
LISTED = 100  # initiatives in the brief; the list has all
DATED, EVENTS = 12, 8  # initiatives and events on the axis of years


class PairPage(ScopePage):
    """Both countries take part, in whatever role; the order of the two does not matter."""

    template_name = "initiatives/pair.html"
    takes = (*ScopePage.takes, *SinceForm.base_fields)

    def dispatch(self, request, *args, first, second, **kwargs):
        ordered = sorted((first.lower(), second.lower()))
        if [first, second] != ordered:
            return moved(request, reverse("initiatives:pair", args=ordered))
        self.countries = pair(first, second)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self):
        codes = [country.iso2 for country in self.countries]
        return {"country": codes, "country_match": ["all"]}

    def overview(self):
        query = self.list_query() | self.known.query
        initiatives = self.initiatives()
        if self.known.day:
            rows = past.put_back(initiatives, self.known.day)
            return overview_then(initiatives, query, self.known.day) | _going_on_then(rows)
        return overview_of(initiatives, query) | _going_on(initiatives)

    def get_context_data(self, **kwargs):
        form = SinceForm(self.request.GET or None)
        since = form.instant(ago=MOVED_IN, today=self.known.day)
        moved = past.moved_dates(self.initiatives(), since, self.known.at) if since else []
        return super().get_context_data(
            countries=self.countries, since_form=form, since=since, moved=moved, **kwargs
        )


def _going_on(initiatives):
    return {
        "dates": dates_of(initiatives),
        "open_by_side": overview.open_milestones_by_side(initiatives),
        "initiatives": initiatives.for_list()[:LISTED],
    }


def _going_on_then(rows):
    money = past.money_then(rows)
    return {
        "money": money,
        "money_bars": pictures.money_bars(money),
        "late": past.late_then(rows),
        "open_by_side": past.open_by_side_then(rows),
        "initiatives": rows[:LISTED],
    }


def pair(first, second):
    """The two countries in the order of their codes. Raises Http404 if one is unknown."""
    codes = sorted({first.upper(), second.upper()})
    rows = list(Country.objects.filter(iso2__in=codes).order_by("iso2"))
    if len(rows) != 2:
        raise Http404
    return rows


def dates_of(initiatives):
    """What of the initiatives and their events has a date, as a picture, and what has none."""
    found = overview.dates(initiatives, limit=DATED)
    events = overview.event_dates(initiatives, limit=EVENTS)
    known, unknown = found.known + events.known, found.unknown + events.unknown
    return {
        "timeline": pictures.timeline(found.dated, events.dated, today=timezone.localdate()),
        "known": known,
        "unknown": unknown,
        "total": known + unknown,
        "is_cut": found.known > DATED or events.known > EVENTS,
        "undated": found.undated,
        "undated_events": events.undated,
    }
