"""Reading TopoJSON: borders that two countries share are one arc, so both get the same line.

The format is described at https://github.com/topojson/topojson-specification: an arc is a list of
whole-number steps; a ring is a list of arcs, of which `~number` is walked backwards.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate

from initiatives.public.charts.outlines import Point


def arcs(topology: dict) -> list[list[Point]]:
    """The arcs in degrees, each a list of (longitude, latitude)."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    return [
        [(x * scale_x + move_x, y * scale_y + move_y) for x, y in accumulate(steps, _step)]
        for steps in topology["arcs"]
    ]


def rings(geometry: dict, known_arcs: list[list[Point]]) -> Iterator[list[Point]]:
    """The closed lines of a Polygon or MultiPolygon, holes too; the last point is the first."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ring in polygon:
            yield _joined(known_arcs[n] if n >= 0 else known_arcs[~n][::-1] for n in ring)


def _step(here: Point, step: Point) -> Point:
    return here[0] + step[0], here[1] + step[1]


def _joined(parts: Iterable[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for part in parts:
        # The end of an arc is the beginning of the next one.
        points += part[1:] if points else part
    return points
