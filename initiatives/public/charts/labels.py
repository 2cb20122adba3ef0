"""Which names have room on a map, and where."""

from collections.abc import Iterator

from initiatives.public.charts.frame import WIDTH
from initiatives.public.charts.outlines import Box, Point

# Text sizes in units of the picture, as in pictures.css: on a telephone the picture is half as
# large, so its text is twice as large.
NARROW, WIDE = 28, 16
# The width of a letter, and the height of a name with its number, in shares of the text size.
_LETTER, _LINES = 0.6, 2.3
# Where a name may go that has no room on its best place, in shares of its own width and height.
_NUDGES = ((0, 0), (0, -0.4), (0, 0.4), (-0.25, 0), (0.25, 0), (-0.25, -0.4), (-0.25, 0.4))


def labels(names: dict[str, tuple[str, Point]], *, size: int, height: float) -> dict[str, Point]:
    """The middles of the names that do not cover each other; the first given come first.

    `names` has for each key the name and the place that its middle should have; `height` is that
    of the picture.
    """
    found: dict[str, Point] = {}
    taken: list[Box] = []
    for key, (name, place) in names.items():
        free = (box for box in _tried(name, place, size, height) if _is_free(box, taken))
        if box := next(free, None):
            taken.append(box)
            found[key] = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return found


def _is_free(box: Box, taken: list[Box]) -> bool:
    return not any(box.touches(other) for other in taken)


def _tried(name: str, place: Point, size: int, height: float) -> Iterator[Box]:
    """The boxes in which a name may stand, the best one first, all of them in the picture."""
    half, tall = len(name) * size * _LETTER / 2, size * _LINES / 2
    for across, down in _NUDGES:
        x, y = place[0] + across * half * 2, place[1] + down * tall * 2
        yield _within(Box(x - half, y - tall, x + half, y + tall), height)


def _within(box: Box, height: float) -> Box:
    """The box after it has been moved into the picture."""
    across = max(0, -box.left) - max(0, box.right - WIDTH)
    down = max(0, -box.top) - max(0, box.bottom - height)
    return Box(box.left + across, box.top + down, box.right + across, box.bottom + down)
