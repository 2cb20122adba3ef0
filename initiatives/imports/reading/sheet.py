"""The rows of a sheet of SpreadsheetML as they are stored, one at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.stored import (
    Merged,
    Stored,
    StoredRow,
    bounded,
    bounded_place,
    place_of,
)
from initiatives.imports.reading.table import Unreadable
from initiatives.imports.reading.xml_events import Listener, heard

_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref\s*=\s*[\"']([^\"'<>]{1,30})")
_COLUMNS = re.compile(rb"<(?:\w{1,20}:)?col\s([^<>]{1,250})>")
_ATTRIBUTE = re.compile(rb"\b(min|max|hidden)\s*=\s*[\"'](\w{1,7})[\"']", re.A)
_TRUE = ("1", "true")
_OVERLAP = 300  # bytes, more than such a tag has


@dataclass
class Layout:
    """What is told of a sheet around its rows: merged ranges, and the places of hidden columns."""

    merged: dict[str, Merged] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)


class _Rows(Listener):
    """Collects cells by their places, counted from 0, and hands over the rows that are ready."""

    def __init__(self) -> None:
        self.ready: list[StoredRow] = []
        self._number, self._place, self._length = 0, -1, 0
        self._cells: dict[int, Stored] = {}
        self._hidden = False
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
            self.ready.append(StoredRow(self._number, self._cells, self._hidden))
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
        self._number, self._hidden = int(number), attributes.get("hidden") in _TRUE
        self._cells, self._place, self._length = {}, -1, 0

    def _end_cell(self) -> None:
        name = self._cell.get("r")
        self._place = self._place_of(name) if name else self._place + 1
        text = "".join(self._text)
        if not text and not self._formula:
            return
        bounded_place(self._place, self._number)
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "0")
        number = int(style) if style.isdecimal() and len(style) < 9 else 0
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


def layout(part: BinaryIO) -> Layout:
    """Merged ranges are told after the last row, so they are looked for before rows are read."""
    found, rest = Layout(), b""
    while piece := part.read(64 * 1024):
        rest += piece
        for name in _MERGED.findall(rest):
            found.merged[name] = _merged(name.decode("ascii", "replace"))
        if len(found.merged) > limits.MERGED:
            raise Unreadable(
                _("More than %d ranges of cells are merged. Unmerge all of them.") % limits.MERGED
            )
        for told in _COLUMNS.findall(rest):
            found.hidden |= _hidden(told)
        rest = rest[-_OVERLAP:]
    return found


def _hidden(told: bytes) -> set[int]:
    """The places of columns that a tag hides."""
    values = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(told)}
    first, last = values.get("min", ""), values.get("max", "")
    if values.get("hidden") not in _TRUE or not (first.isdecimal() and last.isdecimal()):
        return set()
    return set(range(int(first) - 1, min(int(last), limits.COLUMNS)))


def _merged(name: str) -> Merged:
    first, _colon, last = name.partition(":")
    place = place_of(first)
    place_of(last or first)
    top, bottom = (int(one.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for one in (first, last or first))
    return Merged(name, top, bottom, place)
