"""The rows of one sheet of an ODS as they are stored, one at a time."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from initiatives.exchange.xlsx_file import letters_of
from initiatives.imports.reading import limits
from initiatives.imports.reading.ods_cell import OdsCell
from initiatives.imports.reading.ods_styles import TABLE, Styles
from initiatives.imports.reading.stored import Merged, StoredRow, bounded, bounded_place
from initiatives.imports.reading.table import Unreadable
from initiatives.imports.reading.xml_events import Listener

# What may stand in a cell or a sheet besides: comments, drawings, cells that were deleted.
_ASIDE = frozenset(
    "annotation note ruby-text frame custom-shape g control rect line ellipse circle polyline"
    " polygon regular-polygon path connector measure caption scene shapes forms tracked-changes"
    " dde-links".split()
)
_HIDDEN = ("collapse", "filter")
_COUNT = re.compile(r"[1-9]\d{0,7}", re.A)


class OdsRows(Listener):
    """Hears the sheet at `place`. `ready` has its rows, each with how often it stands there."""

    def __init__(self, place: int, styles: Styles) -> None:
        self.ready: deque[tuple[StoredRow, int]] = deque()
        self.hidden: set[int] = set()
        self.is_over = False
        self._place, self._styles = place, styles
        self._table, self._aside = -1, 0
        self._columns: list[str] = []  # the styles of cells that have none of their own
        self._row = StoredRow(0, {})
        self._next, self._repeats, self._at, self._length = 1, 1, 0, 0
        self._style = ""
        self._cell: OdsCell | None = None
        self._merged: list[Merged] = []
        self._count_merged = 0
        self._begins: dict[str, Callable[[dict[str, str]], None]] = {
            "table-column": self._begin_column,
            "table-row": self._begin_row,
            "table-cell": self._begin_cell,
            "covered-table-cell": self._begin_cell,
        }

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif name == "table":
            self._table += 1
        elif self._table != self._place:
            return
        elif self._cell is not None:
            self._cell.begin(name, attributes)
        elif name in self._begins:
            self._begins[name](attributes)

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif self._table != self._place:
            return
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif self._cell is not None:
            self._cell.end(name)
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self.is_over = True

    def text(self, text: str) -> None:
        if self._cell is not None and not self._aside:
            self._length = bounded(self._length + len(text), limits.ROW)
            self._cell.text(text)

    def expanded(self, found: tuple[StoredRow, int]) -> Iterator[StoredRow]:
        """The row as often as it stands there; an empty one once."""
        row, repeats = found
        for number in range(row.number, row.number + (repeats if row.cells else 1)):
            self._merged = [one for one in self._merged if one.last >= number]
            merged = [one for one in self._merged if one.first <= number] + row.merged
            yield replace(row, number=number, merged=merged)
        self._merged += [one for one in row.merged if one.last > row.number]

    def _begin_column(self, attributes: dict[str, str]) -> None:
        repeats = _count(attributes, "number-columns-repeated")
        first = len(self._columns)
        last = min(first + repeats, limits.COLUMNS)
        style = attributes.get(f"{TABLE}default-cell-style-name", "")
        self._columns += [style] * (last - first)
        if attributes.get(f"{TABLE}visibility") in _HIDDEN:
            self.hidden |= set(range(first, last))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._repeats = _count(attributes, "number-rows-repeated")
        if self._next + self._repeats - 1 > limits.SHEET_ROWS:
            raise Unreadable(_("The rows are not in order. Open the file and save it again."))
        is_hidden = attributes.get(f"{TABLE}visibility") in _HIDDEN
        self._row = StoredRow(self._next, {}, is_hidden)
        self._style = attributes.get(f"{TABLE}default-cell-style-name", "")
        self._at = self._length = 0

    def _end_row(self) -> None:
        if self._row.cells and self._repeats > limits.REPEATED:
            told = {"row": self._next, "times": self._repeats}
            message = _("Row %(row)d appears %(times)d times in the sheet. Keep one of them.")
            raise Unreadable(message % told)
        self.ready.append((self._row, self._repeats))
        self._next += self._repeats

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell = OdsCell(attributes)

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        repeats = _count(cell.attributes, "number-columns-repeated")
        first, self._at = self._at, self._at + repeats
        self._span(cell, first)
        stored = cell.stored(self._number_of(cell, first))
        if stored is None:
            return
        bounded_place(self._at - 1, self._next)
        self._length = bounded(self._length + len(stored.text) * (repeats - 1), limits.ROW)
        self._row.cells |= dict.fromkeys(range(first, self._at), stored)

    def _number_of(self, cell: OdsCell, place: int) -> int:
        """The number of the format: of the cell, else of its row, else of its column."""
        column = self._columns[place] if place < len(self._columns) else ""
        style = cell.attributes.get(f"{TABLE}style-name") or self._style or column
        return self._styles.numbers.get(style, 0)

    def _span(self, cell: OdsCell, place: int) -> None:
        columns = _count(cell.attributes, "number-columns-spanned")
        rows = _count(cell.attributes, "number-rows-spanned")
        if columns == rows == 1 or place >= limits.COLUMNS:
            return
        self._count_merged += 1
        if self._count_merged > limits.MERGED:
            raise Unreadable(
                _("More than %d ranges of cells are merged. Unmerge all of them.") % limits.MERGED
            )
        first, last = self._next, self._next + rows - 1
        name = f"{letters_of(place + 1)}{first}:{letters_of(place + columns)}{last}"
        self._row.merged.append(Merged(name, first, last, place))


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(TABLE + name, "1")
    if not _COUNT.fullmatch(text):
        raise Unreadable(_("The spreadsheet is damaged. Open it and save it again."))
    return int(text)
