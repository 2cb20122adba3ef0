"""Addresses of feeds, calendars, pictures and changes, with and without a language prefix."""

from django.urls import path

from initiatives.public.calendars import CalendarView
from initiatives.public.feeds import FeedView
from initiatives.public.pages.changes import ChangesTable
from initiatives.public.pages.chart_definitions import CHARTS, CHARTS_OF_ONE
from initiatives.public.pages.chart_files import ChartImage, ChartTable
from initiatives.public.pages.decisions_table import DecisionsTable
from initiatives.public.pages.share_images import ScopeImage
from initiatives.public.pages.slipped import SlippedTable
from initiatives.public.subscriptions import scopes
from initiatives.public.subscriptions.contents import FEEDS

app_name = "follow"

_SCOPES = [
    ("initiatives", scopes.search, "initiatives"),
    ("initiatives/<str:code>", scopes.record, "initiative"),
    ("countries/<str:iso2>", scopes.country, "country"),
    ("pairs/<str:first>-<str:second>", scopes.pair, "pair"),
    ("sectors/<str:slug>", scopes.sector, "sector"),
    ("events/<str:slug>", scopes.event, "event"),
]
_CHART_FILES = (("png", ChartImage), ("csv", ChartTable))

urlpatterns = [
    path("changes.csv", ChangesTable.as_view(), name="changes-table"),
    path("slipped.csv", SlippedTable.as_view(), name="slipped-table"),
    path("events/<str:slug>.csv", DecisionsTable.as_view(), name="event-table"),
    path("events.ics", CalendarView.as_view(scope=scopes.events), name="events-calendar"),
    *(
        path(
            f"{feed.address}.atom",
            FeedView.as_view(scope=feed.scope, contents=feed.contents),
            name=f"{feed.name}-feed",
        )
        for feed in FEEDS
    ),
    *(
        path(f"{address}.ics", CalendarView.as_view(scope=scope), name=f"{name}-calendar")
        for address, scope, name in _SCOPES
    ),
    *(
        path(f"{address}.png", ScopeImage.as_view(scope=scope), name=f"{name}-image")
        for address, scope, name in _SCOPES
        if scope is not scopes.record  # which has a picture of its own
    ),
    *(
        path(f"charts/{name}.{ending}", view.as_view(scope=chart), name=f"chart-{name}-{ending}")
        for name, chart in CHARTS.items()
        for ending, view in _CHART_FILES
    ),
    *(
        path(
            f"charts/{name}/{key}.{ending}",
            view.as_view(scope=chart),
            name=f"chart-{name}-{ending}",
        )
        for name, (key, chart) in CHARTS_OF_ONE.items()
        for ending, view in _CHART_FILES
    ),
]
