"""The money of one record, by type and currency and folded by year, as a chart that is a file."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from initiatives.as_of import as_published
from initiatives.notation import exact_text
from initiatives.public import charts
from initiatives.public.charts.money_flows import Flow, YearBar
from initiatives.public.filtersets import AS_OF, InitiativeFilterSet
from initiatives.public.images.bars import Bar, BarChart, Paint, Piece
from initiatives.public.images.colours import colours
from initiatives.public.pages.chart_files import ChartFile, Made
from initiatives.public.subscriptions import scopes, takes
from initiatives.totals import Total

if TYPE_CHECKING:
    from initiatives.models import Initiative


@takes(*AS_OF)
def flows(request: HttpRequest, code: str) -> ChartFile:
    """What was pledged, committed and paid in the record, as on its page.

    Raises Problem: 410 with the public reason if the record was withdrawn, else 404; Moved for a
    code in small letters.
    """
    record = scopes.record(request, code)
    title = _("Money: %(record)s") % {"record": record.title}
    day = InitiativeFilterSet.of_day(request.GET).known_on
    return ChartFile(
        name=f"money-{code}",
        title=title,
        day=day,
        make=lambda: _made([*as_published([code], on=day)]),
    )


def _made(rows: "list[Initiative]") -> Made:
    """Of the one record, or of none where it went meanwhile."""
    found = [flow for row in rows for flow in charts.record_money(row.money).flows]
    return Made(
        columns=[
            *("type", "type_label", "currency", "year", "from_amount", "to_amount"),
            *("approximate", "entries", "undisclosed", "given_back"),
        ],
        rows=[_cells(flow, bar) for flow in found for bar in flow.years],
        chart=BarChart(names=700, tall=True, bars=[bar for flow in found for bar in _bars(flow)]),
        notes=_notes([bar for flow in found for bar in flow.years]),
    )


def _notes(bars: list[YearBar]) -> list[str]:
    scale = _("Bars of one currency share one scale; types and currencies are never added up.")
    below = _("A bar left of the line is a year in which more was given back than entered.")
    return [scale, below] if any(bar.is_below for bar in bars) else [scale]


def _cells(flow: Flow, bar: YearBar) -> list[str]:
    one = bar.total
    return [
        *(one.type.value, str(one.type.label), one.currency),
        "" if bar.year is None else str(bar.year),
        *((exact_text(one.low), exact_text(one.high)) if one.rows else ("", "")),
        "yes" if one.about else "no",
        *(str(bar.entries), str(one.undisclosed), exact_text(bar.given_back)),
    ]


def _bars(flow: Flow) -> list[Bar]:
    """The sum, and below it the years where there is more than one entry."""
    whole = Bar(label=_name(flow.total), total=flow.total)
    if flow.entries < 2:
        return [whole]
    return [whole, *map(partial(_year, flow), flow.years)]


def _name(total: Total) -> str:
    return ", ".join(filter(None, (str(total.type.label), total.currency)))


def _year(flow: Flow, bar: YearBar) -> Bar:
    known = colours()
    paid, back = (Paint(fill=known[one], stroke=known[one]) for one in ("link", "focus"))
    zero = Piece(x=flow.zero, width="0.15%", paint=Paint(fill=known["ink"], stroke=known["ink"]))
    pieces = [Piece(x=bar.x, width=bar.width, paint=back if bar.is_below else paid)]
    return Bar(
        label=_("date not stated") if bar.year is None else str(bar.year),
        total=bar.total,
        pieces=[*(pieces if bar.width else []), zero],
        inside=True,
    )
