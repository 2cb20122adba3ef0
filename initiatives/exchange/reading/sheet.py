"""The rows of a sheet as they are stored, one at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from initiatives.exchange.reading import limits
from initiatives.exchange.reading.table import Unreadable
from initiatives.exchange.reading.xml_events import Listener, heard

_NAME = re.compile(r"([A-Z]{1,3})[1-9]\d{0,6}", re.A)
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref\s*=\s*[\"']([^\"'<>]{1,30})")
_OVERLAP = 300  # bytes, more than such a tag has


@dataclass(slots=True)
class Stored:
    """A cell that is not empty: its type, the number of its style, its text, has it a formula?"""

    type: str
    style: int
    text: str
    formula: bool


StoredRow = tuple[int, dict[int, Stored]]


@dataclass(frozen=True)
class Merged:
    """A range of cells that were made one, with its rows and the place of its first column."""

    name: str
    first: int
    last: int
    place: int


class _Rows(Listener):
    """Collects cells by their places, counted from 0, and hands over the rows that are ready."""

    def __init__(self) -> None:
        self.ready: list[StoredRow] = []
        self._number, self._place, self._length = 0, -1, 0
        self._cells: dict[int, Stored] = {}
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._wanted = self._formula = False
        self._aside = 0
        self._places: dict[str, int] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell, self._text, self._formula = attributes, [], False
        elif name in ("t", "v"):
            self._wanted = not self._aside
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "rPh":
            self._aside += 1

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("t", "v"):
            self._wanted = False
        elif name == "row":
            self.ready.append((self._number, self._cells))
        elif name == "rPh":
            self._aside -= 1

    def text(self, text: str) -> None:
        if self._wanted:
            self._length = bounded(self._length + len(text), limits.ROW)
            self._text.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self._number + 1))
        if not re.fullmatch(r"\d{1,7}", number, re.A) or not (
            self._number < int(number) <= limits.SHEET_ROWS
        ):
            raise Unreadable(_("The rows are not in order. Open the file and save it again."))
        self._number = int(number)
        self._cells, self._place, self._length = {}, -1, 0

    def _end_cell(self) -> None:
        name = self._cell.get("r")
        self._place = self._place_of(name) if name else self._place + 1
        text = "".join(self._text)
        if not text and not self._formula:
            return
        if self._place >= limits.COLUMNS:
            message = _("A cell stands beyond the %dth column. Delete the columns without a name.")
            raise Unreadable(message % limits.COLUMNS, self._number)
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "0")
        number = int(style) if style.isdigit() and len(style) < 9 else 0
        self._cells[self._place] = Stored(kind, number, text, self._formula)

    def _place_of(self, name: str) -> int:
        letters = name.rstrip("0123456789")
        if letters not in self._places:
            self._places[letters] = place_of(name)
        return self._places[letters]


def stored_rows(part: BinaryIO) -> Iterator[StoredRow]:
    rows = _Rows()
    for _turn in heard(part, rows):
        yield from rows.ready
        rows.ready.clear()


def merged_ranges(part: BinaryIO) -> list[Merged]:
    """The ranges are told after the last row, so they are looked for before the rows are read."""
    found: dict[str, Merged] = {}
    rest = b""
    while piece := part.read(64 * 1024):
        rest += piece
        for name in _MERGED.findall(rest):
            found[name] = _merged(name.decode("ascii", "replace"))
        if len(found) > limits.MERGED:
            raise Unreadable(
                _("More than %d ranges of cells are merged. Unmerge all of them.") % limits.MERGED
            )
        rest = rest[-_OVERLAP:]
    return list(found.values())


def _merged(name: str) -> Merged:
    first, _colon, last = name.partition(":")
    place = place_of(first)
    place_of(last or first)
    top, bottom = (int(one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for one in (first, last or first))
    return Merged(name, top, bottom, place)


def place_of(name: str) -> int:
    """The place of the column in the name of a cell, counted from 0: AA1 is in 26."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Unreadable(_("“%s” is no name of a cell. Save the file again.") % name[:20])
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def bounded(length: int, limit: int = limits.CELL) -> int:
    if length > limit:
        raise Unreadable(_("A text has more than %d characters. Shorten it.") % limit)
    return length
