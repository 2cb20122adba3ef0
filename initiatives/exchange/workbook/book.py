"""A workbook that is written row by row by XlsxWriter, in memory that does not grow with the rows.

What the format cannot hold is counted, so that the file can say so: `Remarks`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import IO, Any
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from initiatives.exchange.cell_limits import fitting
from initiatives.exchange.workbook.cells import Amount, Cell, LinkCell
from initiatives.exchange.workbook.column import SheetDefinition
from initiatives.notation import exact_text
from initiatives.partial_dates import PartialDate
from initiatives.text.plain_text import clean, web_address

MOST_ROWS = 1_048_576  # of a sheet, its header too
MOST_LINKS = 65_530  # of a sheet
LONGEST_LINK = 2_079  # characters
LARGEST = 1_500_000_000  # bytes of XML of a sheet: Excel reads 2 GiB, and signs may be escaped
DIGITS = 15  # of a number; what has more would lose some
_AROUND = 60  # bytes of XML around a cell, about
_FIRST_DAY = date(1900, 3, 1)  # before it Excel and others count days differently
_CURRENCIES = 100  # formats of numbers; Excel takes some 200
_IN_ADDRESS = "%/:=&?~#+!$,;'@()*"
# The texts are of others: none becomes a formula, a number or a link because of how it looks.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass
class Remarks:
    """What is not as the register has it, by name of the sheet."""

    cut: Counter[str] = field(default_factory=Counter)
    cleaned: Counter[str] = field(default_factory=Counter)
    no_number: Counter[str] = field(default_factory=Counter)
    no_link: Counter[str] = field(default_factory=Counter)
    no_row: Counter[str] = field(default_factory=Counter)


class Book:
    """Writes into the binary `file`; what waits meanwhile lies in the folder `waiting`.

    `made_on` is told in the properties of the file. It is whole after `close`.
    """

    def __init__(self, file: IO[bytes], waiting: str, *, title: str, made_on: date) -> None:
        self._book = Workbook(file, _OPTIONS | {"tmpdir": waiting})
        self._book.use_zip64()  # else a sheet above 2 GiB would be an error at the very end
        at = datetime.combine(made_on, time.min)
        self._book.set_properties({"title": title, "created": at})
        self.remarks = Remarks()
        self.text = self._format({"num_format": "@"})
        self.header = self._format({"bold": True, "text_wrap": True, "bottom": 1})
        self.whole = self._format({"num_format": "0"})
        self.day = self._format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.link = self._format({"font_color": "#0B57A4", "underline": 1, "num_format": "@"})
        self.lines = self._format({"text_wrap": True, "num_format": "@"})
        self._money: dict[str, Format] = {}

    def _format(self, properties: dict[str, Any]) -> Format:
        return self._book.add_format({"valign": "top", **properties})

    def money(self, amount: Amount) -> Format:
        """With the currency before the number, and as many decimals as the amount has."""
        exponent = amount.number.normalize().as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        digits = f"#,##0.{'0' * max(2, places)}" if places else "#,##0"
        currency = amount.currency if amount.currency.isascii() else ""
        code = f'"{currency}" {digits}' if currency.isalpha() else digits
        if code not in self._money:
            if len(self._money) >= _CURRENCIES:
                return self._money.setdefault("", self._format({"num_format": "#,##0.###"}))
            self._money[code] = self._format({"num_format": code})
        return self._money[code]

    def add(self, name: str, widths: Sequence[int]) -> "Page":
        return Page(self, self._book.add_worksheet(name), widths)

    def close(self) -> None:
        """Pack all sheets."""
        self._book.close()

    def abandon(self) -> None:
        """Let go of what waits, where no file comes of it."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()


class Page:
    """A sheet of a book: its header is to be given first, then row after row."""

    def __init__(self, book: Book, sheet: Worksheet, widths: Sequence[int]) -> None:
        self._book, self._sheet, self.name = book, sheet, sheet.get_name()
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.hide_gridlines(0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        self._row = self._links = self._bytes = 0

    def head(self, titles: Sequence[str]) -> None:
        """The header, which stays in sight with the first column."""
        self._sheet.freeze_panes(1, 1)
        for place, title in enumerate(titles):
            self._sheet.write_string(0, place, title, self._book.header)
        self._row = 1

    def add(self, cells: Sequence[Cell]) -> None:
        """The next row; one for which there is no room is counted."""
        if self._row >= MOST_ROWS or self._bytes >= LARGEST:
            self._book.remarks.no_row[self.name] += 1
            return
        for place, cell in enumerate(cells):
            if cell is not None and cell != "":
                self._bytes += _AROUND
                _WRITERS[type(cell)](self, cell, place)
        self._row += 1

    def heading(self, *texts: str) -> None:
        """A row in bold."""
        for place, text in enumerate(texts):
            self._sheet.write_string(self._row, place, text, self._book.header)
        self._row += 1

    def filter(self, columns: int) -> None:
        """Let the reader filter what was written so far."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 0), columns - 1)

    def wrapped(self, texts: Sequence[str]) -> None:
        """The next row, of texts that may take several lines."""
        for place, text in enumerate(texts):
            if text:
                self.write_text(text, place, self._book.lines)
        self._row += 1

    def write_text(self, cell: str, place: int, style: Format | None = None) -> None:
        remarks, known = self._book.remarks, clean(cell)
        remarks.cleaned[self.name] += known != cell
        text = fitting(known)
        remarks.cut[self.name] += text != known
        self._bytes += len(text) if text.isascii() else 2 * len(text)
        self._sheet.write_string(self._row, place, text, style or self._book.text)

    def write_number(self, cell: int, place: int) -> None:
        self._sheet.write_number(self._row, place, cell, self._book.whole)

    def write_date(self, cell: PartialDate, place: int) -> None:
        if cell.is_exact and cell.first >= _FIRST_DAY:
            self._sheet.write_datetime(self._row, place, cell.first, self._book.day)
        else:
            self.write_text(str(cell), place)

    def write_amount(self, cell: Amount, place: int) -> None:
        if _digits(cell.number) > DIGITS:
            self._book.remarks.no_number[self.name] += 1
            self.write_text(exact_text(cell.number), place)
        else:
            number = float(cell.number)
            self._sheet.write_number(self._row, place, number, self._book.money(cell))

    def write_link(self, cell: LinkCell, place: int) -> None:
        address = _safe(cell.address)
        if not address or len(address) > LONGEST_LINK or self._links >= MOST_LINKS:
            self._book.remarks.no_link[self.name] += 1
            self.write_text(cell.text, place)
            return
        self._links += 1
        text = fitting(clean(cell.text))
        self._sheet.write_url(self._row, place, address, self._book.link, string=text)


_WRITERS: dict[type, Callable[[Page, Any, int], None]] = {
    str: Page.write_text,
    int: Page.write_number,
    PartialDate: Page.write_date,
    Amount: Page.write_amount,
    LinkCell: Page.write_link,
}


@lru_cache(maxsize=10_000)
def _safe(address: str) -> str:
    """As it may stand in a link; nothing if it leads to no page."""
    return quote(web_address(address), safe=_IN_ADDRESS)


def _digits(number: Decimal) -> int:
    """How many digits have to be kept."""
    return len(number.normalize().as_tuple().digits)


def pages_of(book: Book, sheets: Sequence[SheetDefinition]) -> list[Page]:
    """Those of `sheets`, each with its header."""
    pages = []
    for sheet in sheets:
        page = book.add(str(sheet.name), [column.width for column in sheet.columns])
        page.head([column.title for column in sheet.columns])
        pages.append(page)
    return pages
