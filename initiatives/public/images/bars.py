"""A chart of bars as a picture of its own: lines of a name, a number and a bar in pieces."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from initiatives.choices import Standing
from initiatives.public.images.colours import colours, mixed
from initiatives.public.images.texts import Lines, cut, fitted, width_of

_LEFT, _RIGHT = 64, 1136  # of a picture 1200 wide
MAP_WIDTH = _RIGHT - _LEFT
_TOP, _ROW, _TALL = 112, 44, 84  # below the head; a line of the chart, and one with the bar below
_KEY = 36  # a line of the key, which has two of its entries
_NAME, _INSIDE, _SMALL, _NOTE = 22, 20, 18, 20  # sizes
_YEARS = 30  # room for the names of years
_NUMBERS = 90  # room for numbers and the gap behind them


@dataclass(frozen=True, kw_only=True)
class Paint:
    """How a piece is filled; with a `texture` the status of that name is meant."""

    fill: str
    stroke: str
    texture: str = ""
    dashed: bool = False


@dataclass(frozen=True, kw_only=True)
class Piece:
    """`x` and `width` are shares of the room for bars; without a `height` it fills its line. With
    a `radius` it is a circle around the place."""

    x: str
    width: str
    paint: Paint
    y: int = 5
    height: int = 0
    radius: int = 0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`total` is an amount that is told in words in place of `value`."""

    label: str
    value: str = ""
    total: Any = None
    pieces: list[Piece] = field(default_factory=list)
    inside: bool = False


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """`names` is how wide at most the names are. What is `tall` has its bars below names and
    numbers, which may be long then. Something `above` so high stands over the bars. In the `key` a
    texture names itself before its text. The `axis` has `years` and `today`, as `charts.timeline`
    gives them."""

    bars: list[Bar]
    key: list[tuple[str, Paint]] = field(default_factory=list)
    names: int = 400
    tall: bool = False
    above: int = 0
    axis: Any = None


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A line of text or of the chart, with its place."""

    y: int
    thing: Any
    x: int = _LEFT


def status_paint(status: str) -> Paint:
    known = colours()
    return Paint(fill=known[f"{status}_ground"], stroke=known[status], texture=status)


def standing_paint(standing: Standing) -> Paint:
    """As static/css/standings.css has it."""
    known = colours()
    surface = known["surface"]
    fills = {
        Standing.IN_FULL: (known["implemented"], surface),
        Standing.IN_PART: (mixed(known["implemented"], surface, 0.55), surface),
        Standing.NOT_SAID: (known["implemented_ground"], known["implemented"]),
        Standing.ON_TIME: (known["in_progress"], surface),
        Standing.LATE: (known["focus"], surface),
        Standing.NO_DATE: (known["planned_ground"], known["line_strong"]),
        Standing.DROPPED: (known["cancelled"], surface),
    }
    fill, stroke = fills[standing]
    return Paint(fill=fill, stroke=stroke)


def laid_out(chart: BarChart, *, title: str, notes: Iterable[str]) -> dict[str, Any]:
    """What images/bars.svg needs: everything with its place, and how high the picture is."""
    heading = fitted(title, width=_RIGHT - _LEFT, height=160, sizes=(40, 34), bold=True)
    over = _TOP + heading.height + 12
    y = over + chart.above
    key = [
        Laid(
            x=_LEFT + MAP_WIDTH // 2 * (place % 2),
            y=y + _KEY * (place // 2) + 26,
            thing=_entry(*one),
        )
        for place, one in enumerate(chart.key)
    ]
    y += _KEY * -(-len(key) // 2) + 20
    y += _YEARS if chart.axis else 0
    step = _TALL if chart.tall else _ROW
    rows = [Laid(y=y + step * place, thing=bar) for place, bar in enumerate(_named(chart))]
    y += step * len(rows) + 18
    told = [fitted(note, width=_RIGHT - _LEFT, height=400, sizes=(_NOTE,)) for note in notes]
    lines = [line for one in told for line in one.lines]
    below = Lines(size=_NOTE, lines=lines)
    return {
        "heading": placed(_TOP, heading),
        "size": heading.size,
        "key": key,
        "rows": rows,
        "below": placed(y, below),
        "over": over,
        "axis": chart.axis,
        "axis_y": rows[0].y - _YEARS if rows else 0,
        "axis_height": _YEARS + step * len(rows),
        "under": over + chart.above,
        "height": y + below.height + 24,
        **_columns(chart),
    }


def _entry(label: str, paint: Paint) -> tuple[Paint, int, str]:
    """A line of the key with the size of its name, which has one line."""
    room = MAP_WIDTH // 2 - 60
    size = next((size for size in (_NAME, _SMALL) if width_of(label, size) <= room), _SMALL)
    return paint, size, cut(label, width=room, size=size)


def _columns(chart: BarChart) -> dict[str, int]:
    """Where the numbers end and the bars begin, and how much room those have."""
    if chart.tall:
        return {"value_x": _RIGHT, "bar_x": _LEFT, "bar_y": 34, "bar_width": MAP_WIDTH}
    begin = _LEFT + chart.names + _NUMBERS
    return {"value_x": begin - 20, "bar_x": begin, "bar_y": 0, "bar_width": _RIGHT - begin}


def placed(top: int, lines: Lines) -> list[Laid]:
    """Each line with the place of its foot."""
    feet = (top + lines.size + number * lines.leading for number in range(len(lines.lines)))
    return [Laid(y=y, thing=line) for y, line in zip(feet, lines.lines, strict=True)]


def _named(chart: BarChart) -> Iterable[tuple[Bar, int, list[Laid]]]:
    """Each bar with the size and the lines of its name: two of small letters where it is long."""
    for bar in chart.bars:
        room = chart.names - 24 * bar.inside - 12
        sizes = (_INSIDE if bar.inside else _NAME, _SMALL)
        lines = fitted(bar.label, width=room, height=_ROW, sizes=sizes)
        yield bar, lines.size, placed((_ROW - lines.height) // 2 - 2, lines)
