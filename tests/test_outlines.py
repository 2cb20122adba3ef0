"""The outlines of the map, and how they are made from the data set."""

from itertools import pairwise

import pytest

from initiatives.public.charts.outlines import FILE, Box, outlines
from initiatives.public.charts.outlines.places import best_place
from tools.outlines.projection import KM_PER_UNIT, project
from tools.outlines.simplification import simplify
from tools.outlines.topology import arcs, rings

pytestmark = pytest.mark.once
SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def test_the_file_is_small_enough_to_be_kept_beside_the_code():
    assert FILE.stat().st_size < 150_000


@pytest.mark.parametrize(
    ("code", "square_km"), [("UZ", 447_000), ("KZ", 2_725_000), ("AZ", 86_600), ("TJ", 141_000)]
)
def test_a_country_has_its_true_area(code, square_km):
    drawn = sum(area(part.ring()) for part in outlines()[code].parts)
    assert drawn * KM_PER_UNIT**2 == pytest.approx(square_km, rel=0.05)


@pytest.mark.parametrize("detail", ["fine", "coarse"])
def test_neighbours_share_the_points_of_their_border(detail):
    uzbekistan, kazakhstan = (
        {point for part in outlines(detail)[code].parts for point in part.ring()}
        for code in ("UZ", "KZ")
    )
    assert len(uzbekistan & kazakhstan) > 10


@pytest.mark.parametrize("code", ["UZ", "KZ", "RU", "CN", "TR", "IR"])
def test_the_name_of_a_country_stands_in_it(code):
    outline = outlines()[code]
    x, y = outline.middle
    assert Box(x, y, x, y).touches(outline.box)
    assert best_place(outline.parts[0].ring(), (x - 1, y - 1, x + 1, y + 1), grid=3)


def test_the_south_lies_below_the_north_and_the_east_on_the_right():
    tashkent, astana, baku = project(69.2, 41.3), project(71.4, 51.1), project(49.9, 40.4)
    assert tashkent[1] > astana[1]
    assert tashkent[0] > baku[0]


def test_steps_become_degrees_and_arcs_are_walked_backwards():
    topology = {
        "transform": {"scale": [0.5, 2], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 0], [0, 1]], [[0, 0], [0, 1], [2, 0]]],
    }
    lines = arcs(topology)
    assert lines[0] == [(10, 20), (11, 20), (11, 22)]
    (ring,) = rings({"type": "Polygon", "arcs": [[0, ~1]]}, lines)
    assert ring == [(10, 20), (11, 20), (11, 22), (10, 22), (10, 20)]


def test_simplifying_keeps_the_ends_and_the_large_corners():
    line = [(0, 0), (5, 0.1), (10, 0), (10, 10), (15, 10.1), (20, 10)]
    assert simplify(line, 3) == [(0, 0), (10, 0), (10, 10), (20, 10)]


def test_a_closed_line_stays_an_area():
    assert len(simplify(SQUARE, 1_000_000)) == 4


def test_the_best_place_is_the_middle_of_a_square():
    assert best_place(SQUARE, (0, 0, 10, 10), grid=5) == (5, 5)


def test_there_is_no_place_where_ring_and_box_do_not_meet():
    assert best_place(SQUARE, (20, 20, 30, 30), grid=5) is None
