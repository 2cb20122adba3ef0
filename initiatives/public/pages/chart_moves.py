"""Each promised date that moved, on an axis of years, as a chart that is a file."""

from functools import partial

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import Direction
from initiatives.http import page_sizes
from initiatives.http.problems import Problem, refuse
from initiatives.public import charts
from initiatives.public.charts.slips import Way
from initiatives.public.filtersets.slipped import PARAMETERS, SlippedFilterSet, slips_of
from initiatives.public.images.bars import Bar, BarChart, Paint, Piece
from initiatives.public.images.colours import colours
from initiatives.public.pages.chart_files import ChartFile, Made, chart_of
from initiatives.public.slipped import SlippedDate, dates_of
from initiatives.public.subscriptions import takes
from initiatives.timeline import told


@takes(*PARAMETERS, *page_sizes.NAMES)
def moves(request: HttpRequest) -> ChartFile:
    """The dates of one page of what slipped, in its order."""
    refuse(page_sizes.errors_in(request.GET))
    filterset = SlippedFilterSet(request.GET)
    title = str(Direction(filterset.direction).label)
    return chart_of("moves", title, filterset, partial(_made, page_sizes.part_of(request.GET)))


def _made(part: slice, filterset: SlippedFilterSet) -> Made:
    with slips_of(filterset) as slips:
        keys = slips.keys(filterset.direction, filterset.order, part.start, part.stop)
    if part.start and not keys:
        raise Problem(404, _("There is no such page."))
    dates = list(dates_of(keys))
    lines = charts.slip_lines([one.path for one in dates], today=timezone.localdate())
    ways = lines.ways if lines else []
    return Made(
        columns=["code", "title", "milestone", "milestone_title", "before", "now", "months"],
        rows=[_cells(one) for one in dates],
        chart=BarChart(
            names=480,
            bars=[_bar(one, way) for one, way in zip(dates, ways, strict=True)],
            key=_key() if ways else [],
            axis=lines,
        ),
        notes=[_("The number says by how many months the date moved.")],
    )


def _cells(one: SlippedDate) -> list[str]:
    step = one.milestone
    return [
        *(one.initiative.code, told(one.initiative, "title")[0]),
        *((str(step.number), told(step, "title")[0]) if step else ("", "")),
        *(str(one.before), str(one.now or ""), str(one.months) if one.now else ""),
    ]


def _bar(one: SlippedDate, way: Way) -> Bar:
    named = (one.initiative, one.milestone) if one.milestone else (one.initiative,)
    was, now, line = _paints()
    begin, end = sorted((_share(way.was), _share(way.now)))
    length = Piece(x=f"{begin:.2f}%", width=f"{end - begin:.2f}%", paint=line, y=18, height=4)
    steps = [_dot(step, now, 6) for step in way.steps]
    ends = [_dot(way.now, now, 9)] if one.now else []
    return Bar(
        label=": ".join(told(thing, "title")[0] for thing in named),
        value=str(one.months) if one.now else "",
        pieces=[length, *steps, *ends, _dot(way.was, was, 8)],
    )


def _share(text: str) -> float:
    return float(text.rstrip("%"))


def _dot(x: str, paint: Paint, radius: int) -> Piece:
    return Piece(x=x, width="0", paint=paint, y=20, radius=radius)


def _paints() -> tuple[Paint, Paint, Paint]:
    """As static/css/slipped.css has what was promised, what is, and the way between."""
    known = colours()
    now = known["cancelled"]
    return (
        Paint(fill=known["surface"], stroke=known["ink"]),
        Paint(fill=now, stroke=known["surface"]),
        Paint(fill=now, stroke=now),
    )


def _key() -> list[tuple[str, Paint]]:
    was, now, _line = _paints()
    accent = colours()["accent"]
    return [
        (_("promised before"), was),
        (_("promised now"), now),
        (_("today"), Paint(fill=accent, stroke=accent)),
    ]
