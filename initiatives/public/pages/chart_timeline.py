"""The dates of initiatives and their events on an axis of years, as a chart that is a file."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.editions.index.figures import Figures
from initiatives.public.charts.axis import Mark
from initiatives.public.charts.timeline import Row
from initiatives.public.filtersets import FILTERS, InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by
from initiatives.public.images.bars import Bar, BarChart, Paint, Piece
from initiatives.public.images.colours import colours, mixed
from initiatives.public.pages.chart_files import ChartFile, Made, chart_of
from initiatives.public.pages.pairs import DATED, EVENTS, dates_of
from initiatives.public.pages.scopes import Shown
from initiatives.public.subscriptions import takes
from initiatives.timeline import told

_SIDES = ("start", "end")
_PLANNED, _ACTUAL, _STATED = 4, 20, 12  # where in its line a time is drawn


@takes(*FILTERS)
def timeline(request: HttpRequest) -> ChartFile:
    """What was planned and what came, of the latest that have dates, as on the page of a pair."""
    title = _("Planned and done over the years")
    return chart_of("timeline", title, InitiativeFilterSet(request.GET), _timeline)


def _timeline(filterset: InitiativeFilterSet) -> Made:
    with found_by(filterset) as found:
        figures = Figures(found)
        dates, event_dates = figures.dates(DATED), figures.event_dates(EVENTS)
    on = filterset.known_on
    shown = Shown([*dates.dated, *dates.undated], on=on)
    context = dates_of(dates, event_dates, shown, on=on, today=on or timezone.localdate())
    drawn = context["timeline"]
    rows: list[Row] = drawn.rows if drawn else []
    return Made(
        columns=[
            *("what", "key", "title", "status"),
            *(f"{name}_{side}" for name in ("planned", "actual", "stated") for side in _SIDES),
        ],
        rows=[_cells(row) for row in rows],
        chart=BarChart(
            names=440, bars=[_bar(row) for row in rows], key=_key() if rows else [], axis=drawn
        ),
        notes=[_("The latest ones are shown.")] if context["is_cut"] else [],
    )


def _cells(row: Row) -> list[str]:
    thing: Any = row.thing
    key, status = (thing.slug, thing.state) if row.is_event else (thing.code, thing.status)
    times = (row.planned, row.actual, row.stated)
    dates = [str(day or "") for time in times for day in (time.start, time.end)]
    return ["event" if row.is_event else "initiative", key, _title(thing), status, *dates]


def _title(thing: Any) -> str:
    return told(thing, "title")[0]


def _bar(row: Row) -> Bar:
    times = ((row.planned, _PLANNED), (row.actual, _ACTUAL), (row.stated, _STATED))
    pieces = [_piece(mark, y) for time, y in times for mark in time.marks]
    return Bar(label=_title(row.thing), pieces=pieces)


def _piece(mark: Mark, y: int) -> Piece:
    paint = _paint(is_actual=y == _ACTUAL, sure=mark.sure and y != _STATED)
    return Piece(x=mark.x, width=mark.width, paint=paint, y=y, height=13)


def _paint(*, is_actual: bool, sure: bool) -> Paint:
    """As static/css/pictures.css has it."""
    known = colours()
    ink, surface = known["link" if is_actual else "ink_quiet"], known["surface"]
    if sure:
        return Paint(fill=ink if is_actual else surface, stroke=ink)
    return Paint(fill=mixed(ink, surface, 0.3 if is_actual else 0.15), stroke=ink, dashed=True)


def _key() -> list[tuple[str, Paint]]:
    accent = colours()["accent"]
    return [
        (_("planned"), _paint(is_actual=False, sure=True)),
        (_("actual"), _paint(is_actual=True, sure=True)),
        (_("some time in this span; the day is not known"), _paint(is_actual=False, sure=False)),
        (_("today"), Paint(fill=accent, stroke=accent)),
    ]
