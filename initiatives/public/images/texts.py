"""Texts in pictures: how wide they are, where they wrap, and what of them has room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont

from initiatives.public.images.png import FONTS

ELLIPSIS = "…"
_UNKNOWN = 0.6  # of the size: what the font does not know is drawn as an empty box


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A text in lines of one size, in units of the picture."""

    size: int
    lines: list[str]

    @property
    def leading(self) -> int:
        return round(self.size * 1.25)

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


@cache
def _advances(weight: str) -> dict[int, float]:
    """By character how far it moves the pen, as a share of the size."""
    with TTFont(FONTS[weight], lazy=True) as font:
        unit, metrics = font["head"].unitsPerEm, font["hmtx"]
        return {code: metrics[name][0] / unit for code, name in font.getBestCmap().items()}


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """At most so wide: kerning only moves letters closer."""
    known = _advances("Bold" if bold else "Regular")
    return size * sum(known.get(ord(letter), _UNKNOWN) for letter in text)


def fitted(
    text: str, *, width: float, height: float, sizes: Sequence[int], bold: bool = False
) -> Lines:
    """`text` in the first of the `sizes` in which it has room; in the last one what is too much is
    cut, with an ellipsis."""
    for size in sizes:
        found = Lines(size=size, lines=list(_wrapped(text, width, size, bold)))
        if found.height <= height:
            return found
    kept = found.lines[: max(1, int(height // found.leading))]
    kept[-1] = _shortened(kept[-1] + ELLIPSIS, width, found.size, bold)
    return Lines(size=found.size, lines=kept)


def cut(text: str, *, width: float, size: int, bold: bool = False) -> str:
    """One line, cut with an ellipsis where it has no room."""
    line = " ".join(text.split())
    if width_of(line, size, bold=bold) <= width:
        return line
    return _shortened(line + ELLIPSIS, width, size, bold)


def _shortened(line: str, width: float, size: float, bold: bool) -> str:
    """`line`, which ends in an ellipsis, with fewer words; of a lone word fewer letters."""
    while width_of(line, size, bold=bold) > width and len(line) > 1:
        words, _space, last = line[:-1].rpartition(" ")
        line = (words or last[:-1]).rstrip(" ,.;:–-") + ELLIPSIS
    return line


def _wrapped(text: str, width: float, size: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _broken(word, width, size, bold)
        yield from whole
    if line:
        yield line


def _broken(word: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """A word in pieces that have room; nearly always the word itself."""
    piece = ""
    for letter in word:
        if piece and width_of(piece + letter, size, bold=bold) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
