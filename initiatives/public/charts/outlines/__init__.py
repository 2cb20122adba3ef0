"""The outlines of the countries of Europe and Asia, on a plane; `tools.outlines` makes them."""

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).with_name("outlines.json")
Point = tuple[float, float]


class Box(NamedTuple):
    """A part of the plane; x grows to the east, y to the south."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def touches(self, other: "Box") -> bool:
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom

    def around(self, other: "Box") -> "Box":
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, across: float, down: float) -> "Box":
        """With so much more on each side; less where it is negative."""
        return Box(self.left - across, self.top - down, self.right + across, self.bottom + down)


@dataclass(frozen=True, slots=True)
class Part:
    """One closed line as a path of SVG: the mainland, an island, or an enclave of others."""

    box: Box
    path: str

    def ring(self) -> list[tuple[int, int]]:
        """The points of the line; the last one is the first."""
        numbers = [int(text) for text in re.findall(r"-?\d+", self.path)]
        points = list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
        return [*points, points[0]]


@dataclass(frozen=True, slots=True)
class Outline:
    """A country. The first part is the largest; `middle` is the best place for its name."""

    middle: tuple[int, int]
    parts: tuple[Part, ...]

    @property
    def box(self) -> Box:
        """Of the largest part: islands far away do not make a country larger."""
        return self.parts[0].box


@cache
def outlines(detail: str = "fine") -> dict[str, Outline]:
    """By ISO 3166-1 code of two letters; a few without a code by their English name.

    `detail` is "fine", or "coarse" for a map of half the world.
    """
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: _outline(row) for code, row in read[detail].items()}


def _outline(row: dict[str, Any]) -> Outline:
    parts = tuple(Part(Box(*box), path) for *box, path in row["parts"])
    return Outline(tuple(row["middle"]), parts)
