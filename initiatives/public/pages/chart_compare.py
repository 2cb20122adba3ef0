"""Two countries or years side by side, as a chart that is a file."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from initiatives.http.problems import refuse
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.images.bars import Bar, BarChart, Piece, standing_paint
from initiatives.public.pages.chart_files import ChartFile, Made
from initiatives.public.pages.compare import Asked, Compare, Comparison, Side, compared, sides_of
from initiatives.public.subscriptions import takes
from initiatives.public.subscriptions.scopes import in_words


@takes(*Compare.takes)
def compare(request: HttpRequest) -> ChartFile:
    """What became of the promises of both, in per cent of each side's own."""
    asked = Asked({name: request.GET.getlist(name) for name in Compare.takes})
    day = InitiativeFilterSet.of_day(request.GET)
    refuse(asked.errors | day.errors)
    return ChartFile(
        name="compare", title=_title(asked), day=day.known_on, make=partial(_made, asked)
    )


def _title(asked: Asked) -> str:
    if not asked.sides:
        return _("Compare two countries or years")
    first, second = map(asked.name_of, asked.sides)
    title = _("%(first)s and %(second)s side by side") % {"first": first, "second": second}
    filterset = asked.filterset("")
    state = {name: sorted(filterset.chosen(name)) for name in ("country", "sector")}
    return in_words(title, filterset, state)


def _made(asked: Asked) -> Made:
    sides = sides_of(asked)
    rows = compared(sides)
    return Made(
        columns=["side", "side_name", "promises", "standing", "standing_label", "count", "percent"],
        rows=[
            _cells(key, side, one)
            for key, side in zip(asked.sides, sides, strict=True)
            for one in side.figures
        ],
        chart=BarChart(
            names=480,
            bars=[bar for row in rows for bar in _bars(row, sides)],
        ),
        notes=[_("Per cent of each side’s own promises.")],
    )


def _cells(key: str, side: Side, one: Any) -> list[str]:
    share = f"{side.shares[one.standing]:.1f}" if side.total else ""
    label = str(one.standing.label)
    return [key, side.name, str(side.total), one.standing.value, label, str(one.count), share]


def _bars(row: Comparison, sides: list[Side]) -> list[Bar]:
    paint = standing_paint(row.standing)
    return [
        Bar(label=str(row.standing.label)),
        *(
            Bar(
                label=side.name,
                value=f"{share.percent} %",
                pieces=[Piece(x="0", width=share.width, paint=paint)],
                inside=True,
            )
            for side, share in zip(sides, row.shares, strict=True)
        ),
    ]
