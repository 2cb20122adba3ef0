"""Lines with fewer points: Visvalingam's method.

M. Visvalingam and J. D. Whyatt, Line generalisation by repeated elimination of points (1993):
the point that spans the smallest triangle with its neighbours goes first.
"""

from heapq import heapify, heappop, heappush

from initiatives.public.charts.outlines import Point


def simplify(line: list[Point], smallest: float) -> list[Point]:
    """`line` without the points whose triangle is smaller than `smallest`; the ends stay.

    Ends stay where they are, so that lines which met still meet.
    """
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))

    def area(place: int) -> float:
        return _triangle(line[before[place]], line[place], line[after[place]])

    queue = [(area(place), place) for place in range(1, len(line) - 1)]
    heapify(queue)
    now = {place: size for size, place in queue}
    kept = set(range(len(line)))
    while queue and queue[0][0] < smallest and len(kept) > _fewest(line):
        size, place = heappop(queue)
        if place not in kept or now[place] != size:
            continue  # gone, or its neighbours have changed since
        kept.remove(place)
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if 0 < neighbour < len(line) - 1:
                now[neighbour] = max(size, area(neighbour))
                heappush(queue, (now[neighbour], neighbour))
    return [line[place] for place in sorted(kept)]


def _fewest(line: list[Point]) -> int:
    """A closed line needs three corners to be an area."""
    return 4 if line[0] == line[-1] else 2


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2
