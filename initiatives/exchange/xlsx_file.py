"""XLSX (ECMA-376, SpreadsheetML) written row by row into a stream.

Why not by a library is told in docs/adr/0006-xlsx-writer.md. All cells hold text in a text
format, so nothing in them is a formula, no amount loses a digit and `2027-05` stays what it is.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, cast
from xml.sax.saxutils import escape

from initiatives.exchange.cell_limits import LONGEST, fitting
from initiatives.exchange.columns import Column
from initiatives.exchange.columns.together import Rows
from initiatives.exchange.table_row import TableRow
from initiatives.exchange.xlsx_parts import AROUND, SHEET, VIEW, XML
from initiatives.text.plain_text import clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A sheet holds 1,048,576 rows, but its XML must stay below 2 GiB: Excel mends, with a warning,
# archives that were streamed with the extension for larger files.
MOST_ROWS = 200_000
_ROWS_TOGETHER = 20
# ECMA-376 part 1, 22.9.2.19: a text that looks like an escaped character has to be escaped.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class _Stream:
    """Where zipfile writes; what has been written is taken away part by part."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        self.written += data
        return len(data)

    def flush(self) -> None:
        """zipfile asks for it; there is nothing behind us."""

    def taken(self) -> bytes:
        taken = bytes(self.written)
        self.written.clear()
        return taken


def parts(rows: Iterable[TableRow], columns: list[Column]) -> Iterator[bytes]:
    """The file in parts, made while it is read. Of at most MOST_ROWS rows."""
    stream = _Stream()
    with zipfile.ZipFile(cast(IO[bytes], stream), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in AROUND.items():
            archive.writestr(_entry(name), content)
        with archive.open(_entry(SHEET), "w") as sheet:
            for text in _sheet(rows, columns):
                sheet.write(text.encode())
                if stream.written:
                    yield stream.taken()
    yield stream.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # without the time, so that the same data give the same file
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet(rows: Iterable[TableRow], columns: list[Column]) -> Iterator[str]:
    letters = [letters_of(place) for place in range(1, len(columns) + 1)]
    yield f"{XML}{VIEW}<cols>{_widths(columns)}</cols><sheetData>"
    yield _row(1, letters, [column.name for column in columns], style=2)
    rows, number = iter(rows), 1
    while some := Rows(islice(rows, _ROWS_TOGETHER)):
        lines = zip(*[column.cells(some) for column in columns], strict=True)
        yield "".join([_row(n, letters, line, style=1) for n, line in enumerate(lines, number + 1)])
        number += len(some)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{number}"/></worksheet>'


def _widths(columns: list[Column]) -> str:
    return "".join(
        f'<col min="{place}" max="{place}" width="{column.width}" style="1" customWidth="1"/>'
        for place, column in enumerate(columns, start=1)
    )


def _row(number: int, letters: list[str], texts: Sequence[str], *, style: int) -> str:
    cells = (
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{cell_text(text)}</t></is></c>'
        for letter, text in zip(letters, texts, strict=True)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


def cell_text(text: str) -> str:
    """`text` as it stands in the XML of a cell; one that is too long for it says so at its end."""
    if not (text.isascii() and text.isprintable() and len(text) < LONGEST):  # as most are
        text = fitting(clean(text))
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(text) if "&" in text or "<" in text or ">" in text else text


def letters_of(place: int) -> str:
    """The name of the column at `place`, counted from 1: A, Z, AA."""
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
