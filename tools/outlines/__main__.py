"""Makes `outlines.json` anew: `python -m tools.outlines countries-50m.json`.

README.md beside the outlines says which file that is, where it comes from and under what licence.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

from babel.core import get_global

from initiatives.public.charts.outlines import FILE, Point
from initiatives.public.charts.outlines.places import best_place, holds
from tools.outlines import projection, topology
from tools.outlines.simplification import simplify

# All in square units; how long a unit is says projection.KM_PER_UNIT.
SMALLEST_TRIANGLE = {"fine": 16, "coarse": 120}
SMALLEST_COUNTRY = 20
SMALLEST_ISLAND = {"fine": 160, "coarse": 600}
REGION = (-2900, -2800, 3500, 2600)  # of the plane: Europe, Asia and the north-east of Africa
# Drawn as land of no country: Natural Earth follows control here, the United Nations do not
# (General Assembly, resolution 68/262).
OF_NO_COUNTRY = {"Crimea": ("RU", projection.project(34.4, 45.3))}
_GRID = 48


def main(source: Path) -> None:
    topo = json.loads(source.read_text(encoding="utf-8"))
    made = {detail: _countries(topo, detail) for detail in SMALLEST_TRIANGLE}
    made["coarse"] = made["fine"] | made["coarse"]  # some are too small for the coarse lines
    text = json.dumps(made, separators=(",", ":")).replace('},"', '},\n"')
    FILE.write_text(text + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(made['fine'])} countries, {len(text):,} bytes")


def _countries(topo: dict, detail: str) -> dict[str, dict]:
    lines = [_line(arc, SMALLEST_TRIANGLE[detail]) for arc in topology.arcs(topo)]
    found = {}
    for geometry in topo["objects"]["countries"]["geometries"]:
        rings = [_whole(ring) for ring in topology.rings(geometry, lines)]
        if parts := _parts(rings, SMALLEST_ISLAND[detail]):
            found[_iso2(geometry)] = parts
    for name, (code, place) in OF_NO_COUNTRY.items():
        found[name] = [part for part in found[code][1:] if holds(part, place)]
        found[code] = [part for part in found[code] if part not in found[name]]
    return {code: _outline(parts) for code, parts in sorted(found.items())}


def _outline(parts: list[list[Point]]) -> dict:
    middle = best_place(parts[0], _box(parts[0]), grid=_GRID)
    shapes = [[*_box(ring), _path(ring)] for ring in parts]
    return {"middle": [*map(round, middle)], "parts": shapes}


def _line(arc: list[Point], smallest: float) -> list[Point]:
    """An arc on the plane. What lies beyond the date line belongs to the far east of Russia."""
    degrees = [(x + 360 if x < -169 else x, y) for x, y in arc]
    return simplify([projection.project(*point) for point in degrees], smallest)


def _whole(ring: list[Point]) -> list[Point]:
    """The ring in whole units, without points that fall together."""
    rounded = [(round(x), round(y)) for x, y in ring]
    return rounded[:1] + [here for before, here in pairwise(rounded) if here != before]


def _parts(rings: list[list[Point]], smallest: float) -> list[list[Point]]:
    """The rings to draw, the largest first; none if that is too small or outside the region."""
    largest, *rest = sorted(rings, key=_area, reverse=True)
    if not _in_region(largest) or _area(largest) < SMALLEST_COUNTRY:
        return []
    return [largest, *(r for r in rest if _in_region(r) and _area(r) >= smallest)]


def _in_region(ring: list[Point]) -> bool:
    left, top, right, bottom = _box(ring)
    across = REGION[0] <= left and right <= REGION[2]
    return across and REGION[1] <= top and bottom <= REGION[3]


def _box(ring: list[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _path(ring: list[Point]) -> str:
    """The path of SVG, in steps, since small numbers make a small page."""
    steps = [f"{x - x0},{y - y0}" for (x0, y0), (x, y) in pairwise(ring[:-1])]
    return f"M{ring[0][0]},{ring[0][1]}l{' '.join(steps)}z".replace(",-", "-").replace(" -", "-")


def _iso2(geometry: dict) -> str:
    """The ISO 3166-1 code; parts of the world without one keep their name and are only drawn."""
    numbers = get_global("territory_aliases")
    return numbers.get(geometry.get("id"), [geometry["properties"]["name"]])[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
