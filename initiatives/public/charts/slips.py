"""Promised dates that moved: how many by how many months, and each of them on an axis of years."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from initiatives.partial_dates import PartialDate
from initiatives.public.charts.axis import Axis, Year
from initiatives.public.charts.scale import number, percent

HEIGHT, BASE, TALLEST = 170, 145, 120  # of the picture; where its columns stand; the longest
_GAP = 0.25  # of the room of a column


@dataclass(frozen=True, kw_only=True)
class Column:
    """Months from `low` up to `high`, or more than `low` where that is None. `middle` is where the
    names stand, `above` the foot of the number over the column."""

    low: int
    high: int | None
    count: int
    x: str
    width: str
    y: str
    height: str
    middle: str
    above: str


def slip_columns(counts: Sequence[int], limits: Sequence[int]) -> list[Column]:
    """`counts` are the numbers of dates up to each of the `limits`, in months, and beyond."""
    most, room = max(counts, default=0), 1 / max(len(counts), 1)
    if not most:
        return []
    bounds: list[tuple[int, int | None]] = list(zip((-1, *limits), (*limits, None), strict=True))
    return [
        _column(place, low, high, count, room, TALLEST * count / most)
        for place, ((low, high), count) in enumerate(zip(bounds, counts, strict=True))
    ]


def _column(
    place: int, low: int, high: int | None, count: int, room: float, height: float
) -> Column:
    return Column(
        low=low if high is None else low + 1,
        high=high,
        count=count,
        x=percent((place + _GAP / 2) * room, 1),
        width=percent((1 - _GAP) * room, 1),
        y=number(BASE - height),
        height=number(height),
        middle=percent((place + 0.5) * room, 1),
        above=number(BASE - height - 7),
    )


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where a date `was`, the `steps` between, and where it is `now`, as shares of the axis."""

    was: str
    steps: list[str]
    now: str


@dataclass(frozen=True, kw_only=True)
class SlipLines:
    years: list[Year]
    today: str
    ways: list[Way]


def slip_lines(paths: Iterable[Sequence[PartialDate | None]], *, today: date) -> SlipLines | None:
    """Each path of dates by its last possible days, all on one axis; where the last one is None
    the date was taken back, and the way ends where it last stood."""
    known = [[day for day in path if day is not None] for path in paths]
    if not any(known):
        return None
    axis = Axis.around([day for path in known for day in path], today)
    return SlipLines(
        years=axis.years(),
        today=axis.place(today),
        ways=[_way([axis.place(day.last) for day in path]) for path in known],
    )


def _way(places: list[str]) -> Way:
    return Way(was=places[0], steps=places[1:-1], now=places[-1])
