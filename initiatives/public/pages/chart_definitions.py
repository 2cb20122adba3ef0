"""What each chart of the site shows, as scopes that understand the parameters of its address."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from initiatives.choices import Standing
from initiatives.editions import lists
from initiatives.editions.index.figures import Figures
from initiatives.editions.index.slips import UP_TO
from initiatives.lifecycle import Status
from initiatives.notation import exact_text, span_of_months
from initiatives.public import charts, overview
from initiatives.public.charts.country_map import CountryMap
from initiatives.public.charts.sector_bars import SectorBar
from initiatives.public.filtersets import AS_OF, FILTERS, InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by
from initiatives.public.filtersets.slipped import SlippedFilterSet, slips_of
from initiatives.public.images.bars import (
    MAP_WIDTH,
    Bar,
    BarChart,
    Paint,
    Piece,
    standing_paint,
    status_paint,
)
from initiatives.public.images.colours import colours, mixed
from initiatives.public.pages.chart_compare import compare
from initiatives.public.pages.chart_decisions import decisions
from initiatives.public.pages.chart_files import ChartFile, Made, chart_of
from initiatives.public.pages.chart_moves import moves
from initiatives.public.pages.chart_organisations import organisations
from initiatives.public.pages.chart_record import flows
from initiatives.public.pages.chart_timeline import timeline
from initiatives.public.pages.promises import NARROWING, added, year_in_words
from initiatives.public.subscriptions import takes

# Where dates moved later; their order says nothing here.
SLIPS = ("year", "country", "country_match", "sector")


@takes(*FILTERS)
def sectors(request: HttpRequest) -> ChartFile:
    """How many initiatives each sector has with each status, under the filters of the list."""
    return chart_of("sectors", _("Sectors by status"), InitiativeFilterSet(request.GET), _sectors)


@takes(*FILTERS)
def money(request: HttpRequest) -> ChartFile:
    """The totals of each type in each currency, under the filters of the list."""
    return chart_of("money", _("Money"), InitiativeFilterSet(request.GET), _money)


@takes(*FILTERS)
def countries(request: HttpRequest) -> ChartFile:
    """How many initiatives each country takes part in, under the filters of the list."""
    title = _("Countries that take part")
    return chart_of("countries", title, InitiativeFilterSet(request.GET), _countries)


@takes(*NARROWING, *AS_OF)
def promises(request: HttpRequest) -> ChartFile:
    """What became of the promises of each year."""
    names = (*NARROWING, *AS_OF)
    query: dict[str, Any] = {name: request.GET.getlist(name) for name in names}
    title = _("What became of the promises")
    return chart_of("promises", title, InitiativeFilterSet(query), _promises)


@takes(*SLIPS)
def slips(request: HttpRequest) -> ChartFile:
    """By how many months promised dates moved later."""
    title = _("By how many months they moved, number of dates")
    return chart_of("slips", title, SlippedFilterSet(request.GET), _slips)


_OF_FILTERS = (
    *(sectors, money, countries, promises, slips, timeline),
    *(compare, moves, organisations),
)
CHARTS = {one.__name__: one for one in _OF_FILTERS}
# Those of one thing: the converter of its address by the name.
CHARTS_OF_ONE = {"decisions": ("<str:slug>", decisions), "flows": ("<str:code>", flows)}


def _sectors(filterset: InitiativeFilterSet) -> Made:
    with found_by(filterset) as found:
        counts = Figures(found).statuses_by_sector()
    rows = overview.by_sector(counts)
    trees = lists.trees({sector.slug: sector for sector, _counts in rows})
    bars = charts.with_parts(charts.sector_bars(rows), trees)
    each = [one for bar in bars for one in (bar, *bar.parts)]
    parts = {part.sector.slug for bar in bars for part in bar.parts}
    return Made(
        columns=["sector", "sector_name", *(status.value for status in Status), "total"],
        rows=[_sector_row(bar) for bar in each],
        chart=BarChart(
            bars=[_sector_bar(bar, bar.sector.slug in parts) for bar in each],
            key=[("", status_paint(status)) for status in Status],
        ),
        notes=[_("An initiative in several sectors is counted in each of them.")],
    )


def _sector_row(bar: SectorBar) -> list[str]:
    counts = [str(count) for _status, count in bar.counts]
    return [bar.sector.slug, str(bar.sector), *counts, str(bar.total)]


def _sector_bar(bar: SectorBar, inside: bool) -> Bar:
    pieces = [
        Piece(x=one.x, width=one.width, paint=status_paint(one.status)) for one in bar.segments
    ]
    return Bar(label=str(bar.sector), value=str(bar.total), pieces=pieces, inside=inside)


def _money(filterset: InitiativeFilterSet) -> Made:
    with found_by(filterset) as found:
        totals = found.money()
    drawn = {
        (one.total.currency, one.total.type): one
        for currency in charts.money_bars(totals)
        for one in currency.bars
    }
    return Made(
        columns=[
            *("type", "type_label", "currency", "from_amount", "to_amount"),
            *("approximate", "lines", "undisclosed"),
        ],
        rows=[
            [
                *(one.type.value, str(one.type.label), one.currency),
                *((exact_text(one.low), exact_text(one.high)) if one.rows else ("", "")),
                *("yes" if one.about else "no", str(one.rows), str(one.undisclosed)),
            ]
            for one in totals
        ],
        chart=BarChart(
            names=700,
            tall=True,
            bars=[
                Bar(
                    label=", ".join(filter(None, (str(one.type.label), one.currency))),
                    total=one,
                    pieces=_money_pieces(drawn.get((one.currency, one.type))),
                )
                for one in totals
            ],
        ),
        notes=[
            _(
                "Each currency has a scale of its own. The lighter part of a bar is what ranges "
                "and upper limits leave open."
            ),
        ],
    )


def _money_pieces(bar: Any) -> list[Piece]:
    if bar is None or not bar.possible:
        return []
    link, surface = colours()["link"], colours()["surface"]
    possible = Paint(fill=mixed(link, surface, 0.3), stroke=link)
    return [
        Piece(x="0", width=bar.possible, paint=possible),
        Piece(x="0", width=bar.certain, paint=Paint(fill=link, stroke=link)),
    ]


def _countries(filterset: InitiativeFilterSet) -> Made:
    with found_by(filterset) as found:
        numbers = Figures(found).by_country()
    rows = overview.countries(numbers)
    counted = [(one, numbers[one.iso2]) for one in rows if numbers.get(one.iso2)]
    link = Paint(fill=colours()["link"], stroke=colours()["link"])
    most = max((number for _one, number in counted), default=0)
    drawn = charts.country_map(rows)
    above = round(MAP_WIDTH * float(drawn.height) / drawn.width) + 20 if drawn else 0
    return Made(
        columns=["country", "country_name", "initiatives"],
        rows=[[one.iso2, str(one), str(number)] for one, number in counted],
        chart=BarChart(
            above=above,
            bars=[
                Bar(
                    label=str(one),
                    value=str(number),
                    pieces=[Piece(x="0", width=charts.percent(number, most), paint=link)],
                )
                for one, number in counted
            ],
        ),
        notes=[
            _(
                "The borders are simplified and express no opinion on the status of any territory. "
                "Outlines: Natural Earth."
            )
        ],
        extra={"map": drawn, "map_width": MAP_WIDTH, "above": above, "places": _shaded(drawn)},
    )


def _shaded(drawn: CountryMap | None) -> list[tuple[Any, str]]:
    """Its countries with their shades, as static/css/pictures.css has them."""
    known, shares = colours(), (0.10, 0.22, 0.34, 0.46)
    fills = [mixed(known["link"], known["surface"], share) for share in shares]
    return [(place, fills[place.shade - 1]) for place in drawn.places] if drawn else []


def _promises(filterset: InitiativeFilterSet) -> Made:
    with found_by(filterset) as found:
        by_year = Figures(found).promises()
    every = [*by_year.items(), ("", added(by_year.values()))] if by_year else []
    return Made(
        columns=["year", *(one.value for one in Standing), "total"],
        rows=[
            [year, *(str(counts.get(one, 0)) for one in Standing), str(sum(counts.values()))]
            for year, counts in by_year.items()
        ],
        chart=BarChart(
            names=240,
            bars=[
                Bar(
                    label=year_in_words(year),
                    value=str(sum(counts.values())),
                    pieces=[
                        Piece(x=one.x, width=one.width, paint=standing_paint(one.standing))
                        for one in charts.standing_bar(counts)
                    ],
                )
                for year, counts in every
            ],
            key=[(str(one.label), standing_paint(one)) for one in Standing],
        ),
        notes=[
            _(
                "Each initiative is one promise, counted in the year in which a source first "
                "dates it."
            )
        ],
    )


def _slips(filterset: SlippedFilterSet) -> Made:
    with slips_of(filterset) as found:
        columns = charts.slip_columns(found.totals().buckets, UP_TO)
    late = Paint(fill=colours()["focus"], stroke=colours()["focus"])
    most = max((one.count for one in columns), default=0)
    return Made(
        columns=["months_from", "months_to", "dates"],
        rows=[
            [str(one.low), "" if one.high is None else str(one.high), str(one.count)]
            for one in columns
        ],
        chart=BarChart(
            names=240,
            bars=[
                Bar(
                    label=span_of_months(one.low, one.high),
                    value=str(one.count),
                    pieces=[Piece(x="0", width=charts.percent(one.count, most), paint=late)],
                )
                for one in columns
            ],
        ),
    )
