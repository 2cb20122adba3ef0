"""Which names have room on a map, and where."""

from dataclasses import dataclass

from initiatives.pictures.frame import WIDTH
from initiatives.pictures.outlines import Box

# Text sizes in units of the picture, as in pictures.css: on a telephone the picture is half as
# large, so its text is twice as large. A letter is about 0.56 of the size wide.
NARROW, WIDE = 28, 16
_LETTER, _LINES = 0.56, 2.3


@dataclass(frozen=True, kw_only=True)
class Label:
    """The middle of a name with its number below. `wide_only`: on a telephone it has no room."""

    x: float
    y: float
    wide_only: bool


def labels(names: dict[str, tuple[str, tuple[float, float]]], height: float) -> dict[str, Label]:
    """The labels that do not cover each other; of two the one that is given first is kept.

    `names` has for each key the name and the place that its middle should have.
    """
    found: dict[str, Label] = {}
    for size in (NARROW, WIDE):
        boxes = [_box(names[key][0], (label.x, label.y), size) for key, label in found.items()]
        for key, (name, place) in names.items():
            middle = _within(_box(name, place, size), height)
            box = _box(name, middle, size)
            if key not in found and not any(box.touches(other) for other in boxes):
                boxes.append(box)
                found[key] = Label(x=middle[0], y=middle[1], wide_only=size == WIDE)
    return found


def _box(name: str, middle: tuple[float, float], size: int) -> Box:
    x, y = middle
    half, tall = len(name) * size * _LETTER / 2, size * _LINES / 2
    return Box(x - half, y - tall, x + half, y + tall)


def _within(box: Box, height: float) -> tuple[float, float]:
    """The middle of the box after it has been moved into the picture."""
    across = min(max(0, -box.left), WIDTH) - max(0, box.right - WIDTH)
    down = max(0, -box.top) - max(0, box.bottom - height)
    return (box.left + box.right) / 2 + across, (box.top + box.bottom) / 2 + down
