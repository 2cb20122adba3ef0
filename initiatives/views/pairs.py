"""The pair of countries: the unit in which ministries work, and the brief for their session."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone

from initiatives import overview, pictures, timeline
from initiatives.filtersets import InitiativeFilterSet
from initiatives.forms.since import SinceForm
from initiatives.models import Country, DateRevision
from initiatives.views.scopes import ScopePage

MOVED_IN = timedelta(days=180)
DATED, EVENTS = 12, 8  # initiatives and events on the axis of years


class PairPage(ScopePage):
    """Both countries take part, in whatever role; the order of the two does not matter."""

    template_name = "initiatives/pair.html"

    def dispatch(self, request, *args, first, second, **kwargs):
        ordered = sorted((first.lower(), second.lower()))
        if [first, second] != ordered:
            return redirect("initiatives:pair", *ordered, permanent=True)
        self.countries = pair(first, second)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self):
        codes = [country.iso2 for country in self.countries]
        return {"country": codes, "country_match": ["all"]}

    def get_context_data(self, **kwargs):
        form = SinceForm(self.request.GET or None)
        since = form.instant(ago=MOVED_IN)
        initiatives = InitiativeFilterSet(self.list_query()).qs
        return super().get_context_data(
            countries=self.countries,
            since_form=form,
            since=since,
            moved=moved_dates(initiatives, since) if since else [],
            dates=dates_of(initiatives),
            open_by_side=overview.open_milestones_by_side(initiatives),
            entries=timeline.recent(initiatives, limit=40),
            **kwargs,
        )


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


def moved_dates(initiatives, since):
    """The promised dates that were moved since a day, the newest first."""
    return (
        DateRevision.objects.filter(initiative__in=initiatives, recorded_at__gte=since)
        .select_related("initiative", "milestone")
        .order_by("-recorded_at")
    )
