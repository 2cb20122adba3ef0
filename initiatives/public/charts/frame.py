"""The frame of a map: which part of the plane it shows, and how a path comes into it."""

from dataclasses import dataclass
from functools import lru_cache, reduce

from initiatives.public.charts.outlines import Box, Outline, outlines
from initiatives.public.charts.outlines.places import best_place

WIDTH = 720  # units of the picture; its height follows from the frame
_MARGIN = 0.1  # of the larger side, on every side: what lies around can be recognised
_GIANT = 1500  # units of the plane: countries wider than this do not decide the frame
_LARGEST = 2200  # units of the plane, without the margin: beyond it nothing could be recognised
_WIDE = 1800  # frames wider than this are drawn with the coarse outlines
_NARROWEST = 700  # a single country is shown in its surroundings
_FLATTEST, _STEEPEST = 0.5, 0.9  # height of the frame as a share of its width
_SPECK = 2  # units of the picture: smaller parts of countries are left out
_GRID = 12


@dataclass(frozen=True)
class Frame:
    """A part of the plane, drawn `WIDTH` units wide."""

    box: Box

    @classmethod
    def around(cls, codes: list[str]) -> "Frame":
        """The countries fit in, the first ones before the others where not all of them can.

        Of Russia or China only what reaches into the frame of the others is shown.
        """
        boxes = [outlines()[code].box for code in codes]
        box = reduce(_with, [box for box in boxes if box.width <= _GIANT] or boxes)
        margin = _MARGIN * max(box.width, box.height)
        return cls(_proportioned(box.grown(margin, margin)))

    @property
    def zoom(self) -> float:
        return WIDTH / self.box.width

    @property
    def height(self) -> float:
        return self.box.height * self.zoom

    @property
    def transform(self) -> str:
        """For the attribute of that name: from the plane into the picture."""
        return f"scale({self.zoom:.4f}) translate({-self.box.left:.0f} {-self.box.top:.0f})"

    @property
    def outlines(self) -> dict[str, Outline]:
        return outlines("coarse" if self.box.width > _WIDE else "fine")

    def path(self, code: str) -> str:
        """The parts of a country that can be seen in the frame."""
        smallest = _SPECK / self.zoom
        return "".join(
            part.path
            for part in self.outlines[code].parts
            if part.box.touches(self.box) and max(part.box.width, part.box.height) >= smallest
        )

    def place_of_name(self, code: str) -> tuple[float, float] | None:
        """In units of the picture; None where nothing of the country can be seen."""
        found = _visible_middle(code, self)
        if found is None:
            return None
        return (found[0] - self.box.left) * self.zoom, (found[1] - self.box.top) * self.zoom


def _with(frame: Box, box: Box) -> Box:
    both = frame.around(box)
    return both if max(both.width, both.height) <= _LARGEST else frame


def _proportioned(box: Box) -> Box:
    """A box neither too small nor too flat nor too steep, around the same middle."""
    width = max(box.width, _NARROWEST, box.height / _STEEPEST)
    height = max(box.height, width * _FLATTEST)
    return box.grown((width - box.width) / 2, (height - box.height) / 2)


@lru_cache(maxsize=256)
def _visible_middle(code: str, frame: Frame) -> tuple[float, float] | None:
    outline = frame.outlines[code]
    x, y = outline.middle
    if Box(x, y, x, y).touches(frame.box):
        return x, y
    if not outline.box.touches(frame.box):
        return None
    mainland = outlines("coarse")[code].parts[0]
    return best_place(mainland.ring(), _common(outline.box, frame.box), grid=_GRID)


def _common(one: Box, other: Box) -> Box:
    return Box(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )
