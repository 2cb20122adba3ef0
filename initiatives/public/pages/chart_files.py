"""Each chart of the site as a picture and as a table: /charts/<name>.png and .csv.

A chart is one definition (`pages.chart_definitions`), a scope that understands the parameters and
says what is drawn and what stands in the table.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.demonstration import file_name
from initiatives.exchange import csv_file
from initiatives.exchange.columns import Column
from initiatives.http import caching
from initiatives.http.problems import refuse
from initiatives.lifecycle import Status
from initiatives.notation import AMOUNT
from initiatives.partial_dates import PartialDate
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.base import ParameterSet
from initiatives.public.images.bars import BarChart, laid_out
from initiatives.public.pages.share_images import Fill, drawn
from initiatives.public.subscriptions import FollowView
from initiatives.public.subscriptions.scopes import in_words
from initiatives.timeline import date_in_words


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a chart shows: `rows` are those of the table under the names `columns`, with texts in
    all cells; `notes` stand below the picture. `extra` is what a `template` of its own needs."""

    columns: list[str]
    rows: list[list[str]]
    chart: BarChart
    notes: list[str] = field(default_factory=list)
    template: str = "images/bars.svg"
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ChartFile:
    """A chart under the parameters of a request; `make` asks the register. `day` is the day as of
    which it tells, None for today."""

    name: str
    title: str
    day: date | None
    make: Callable[[], Made]


def chart_of(
    name: str, title: str, filterset: ParameterSet, make: Callable[[Any], Made]
) -> ChartFile:
    """The chart that `make` makes of what the `filterset` understood. Raises Problem (400) with all
    that it did not understand."""
    refuse(filterset.errors)
    names = sorted(set(filterset.form.fields) - {"sort"})
    state = {key: sorted(filterset.chosen(key)) for key in names}
    told = in_words(title, filterset, state)
    day = filterset.known_on if isinstance(filterset, InitiativeFilterSet) else None
    return ChartFile(name=name, title=told, day=day, make=partial(make, filterset))


class ChartImage(FollowView):
    """The chart as PNG."""

    def answer(self, request: HttpRequest, scope: ChartFile) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, partial(_picture, scope))


class ChartTable(FollowView):
    """The numbers of the chart as CSV, those of the picture and no others."""

    def answer(self, request: HttpRequest, scope: ChartFile) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, partial(_table, scope))


def _picture(scope: ChartFile) -> HttpResponse:
    made, day = scope.make(), date_in_words(PartialDate(scope.day or timezone.localdate()))
    said = made.notes if made.chart.bars else [_("There is nothing to draw.")]
    notes = [*said, _("As of %(day)s") % {"day": day}]
    fills = [Fill.of(status) for status in Status]
    return drawn(
        made.template,
        {"fills": fills, **laid_out(made.chart, title=scope.title, notes=notes), **made.extra},
    )


def _table(scope: ChartFile) -> HttpResponse:
    made = scope.make()
    columns = [
        Column(name, name, partial(_cell, place), measure=AMOUNT if name in _SUMS else None)
        for place, name in enumerate(made.columns)
    ]
    response = HttpResponse(b"".join(csv_file.parts(made.rows, columns)), csv_file.CONTENT_TYPE)
    name = file_name(f"{scope.name}.csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


_SUMS = ("from_amount", "to_amount")  # numbers that may be below zero


def _cell(place: int, row: list[str]) -> str:
    return row[place]
