"""Where in a country a name fits best: at the place that is farthest from its border."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from initiatives.public.charts.outlines import Point


def best_place(
    ring: Sequence[Point], box: tuple[float, float, float, float], *, grid: int
) -> Point | None:
    """The place inside `ring` and inside `box` that is farthest from the border of both.

    `box` is (left, top, right, bottom); `grid` places are tried in each direction. None if no
    such place is found.
    """
    inside = [place for place in _grid(box, grid) if holds(ring, place)]
    sides = [*pairwise(ring), *pairwise(_corners(box))]
    return max(
        inside, key=lambda place: min(_distance(place, *side) for side in sides), default=None
    )


def _grid(box: tuple[float, float, float, float], grid: int) -> list[Point]:
    left, top, right, bottom = box
    steps = [(step + 0.5) / grid for step in range(grid)]
    return [(left + (right - left) * x, top + (bottom - top) * y) for x in steps for y in steps]


def _corners(box: tuple[float, float, float, float]) -> list[Point]:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def holds(ring: Sequence[Point], place: Point) -> bool:
    """Whether a line from `place` to the east crosses the ring an odd number of times."""
    x, y = place
    crossings = (
        x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
        for a, b in pairwise(ring)
        if (a[1] > y) != (b[1] > y)
    )
    return sum(crossings) % 2 == 1


def _distance(place: Point, a: Point, b: Point) -> float:
    """From `place` to the nearest point of the line from `a` to `b`."""
    (x, y), across, down = place, b[0] - a[0], b[1] - a[1]
    length = across**2 + down**2
    share = ((x - a[0]) * across + (y - a[1]) * down) / length if length else 0
    share = min(1, max(0, share))
    return hypot(a[0] + share * across - x, a[1] + share * down - y)
