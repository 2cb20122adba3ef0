"""The rows of a spreadsheet, whichever its format is. Why not by a library: docs/adr/0007, 0015."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from django.utils.translation import gettext as _

from initiatives.imports.reading.header_search import TextRow, first_rows
from initiatives.imports.reading.headers import Header
from initiatives.imports.reading.sheet_cells import Cells, NotTaken
from initiatives.imports.reading.sheet_choice import Choice, choose_sheet
from initiatives.imports.reading.stored import Merged, Sheet, Stored, StoredRow, few_empty
from initiatives.imports.reading.table import Facts, Problem, Row, Table, Unreadable

CURRENCIES = "funding_currencies"


class Book(Protocol):
    """A spreadsheet of one format."""

    format: str
    sheets: list[Sheet]
    cells: Cells

    def rows(self, sheet: Sheet) -> AbstractContextManager[Iterator[StoredRow]]:
        """The rows of a sheet from its first one, empty ones too."""

    def hidden_columns(self, sheet: Sheet) -> set[int]:
        """The places of the columns that the sheet hides."""


def table_of(book: Book) -> Table:
    choice = choose_sheet(book.sheets, lambda sheet: _first_texts(book, sheet))
    header, hidden = choice.header, _hidden_columns(book, choice)
    _refuse_merged_header(book, choice)
    table = Table(
        format=book.format.lower(),
        facts=lambda: _facts(book.format, choice, hidden),
        columns=header.columns,
        unknown=header.unknown,
        rows=lambda: _rows(book, choice, table),
    )
    return table


def _facts(book_format: str, choice: Choice, hidden: list[str]) -> Facts:
    facts = [(_("Format"), book_format), *choice.facts(), *choice.header.facts()]
    return [*facts, (_("Hidden columns, read as well"), ", ".join(hidden))] if hidden else facts


def _hidden_columns(book: Book, choice: Choice) -> list[str]:
    places, texts = book.hidden_columns(choice.sheet), choice.header.texts
    return [text for place, text in enumerate(texts) if text and place in places]


def _first_texts(book: Book, sheet: Sheet) -> list[TextRow]:
    with book.rows(sheet) as rows:
        return first_rows((row.number, _texts(row, book.cells)) for row in few_empty(rows))


def _texts(row: StoredRow, cells: Cells) -> list[str]:
    return [_plain(row.cells.get(place), cells) for place in range(max(row.cells, default=-1) + 1)]


def _plain(cell: Stored | None, cells: Cells) -> str:
    if cell is None:
        return ""
    try:
        return cells.text(cell, "")
    except NotTaken:
        return cell.text


def _refuse_merged_header(book: Book, choice: Choice) -> None:
    with book.rows(choice.sheet) as rows:
        merged = next((row.merged for row in rows if row.number == choice.header.number), [])
    if merged:
        raise Unreadable(_merged_message(merged[0]), choice.header.number)


def _rows(book: Book, choice: Choice, table: Table) -> Iterator[Row]:
    header = choice.header
    table.hidden_rows.clear()
    with book.rows(choice.sheet) as rows:
        for stored in few_empty(rows):
            if stored.number <= header.number:
                continue
            row = _row(stored, book.cells, header)
            row.problems += _problems_of_merged(stored.merged, header)
            if row.problems or any(map(str.strip, row.cells.values())):
                if stored.is_hidden:
                    table.hide(row.number)
                yield row


def _row(stored: StoredRow, cells: Cells, header: Header) -> Row:
    width = max(len(header.names), max(stored.cells) + 1)
    texts, problems, computed = [""] * width, [], []
    for place, cell in stored.cells.items():
        column = header.names[place] if place < len(header.names) else None
        try:
            texts[place] = cells.text(cell, column or "")
        except NotTaken as error:
            texts[place] = "" if cell.formula else cell.text
            if column:
                problems.append(Problem(column, str(error)))
        else:
            computed += [column] if cell.formula and column else []
    row = header.row(stored.number, texts)
    row.problems += problems
    for column in computed:
        row.note(column, _("A formula computed this. The value that the file holds is taken."))
    _note_currencies(stored, cells, header, row)
    return row


def _note_currencies(stored: StoredRow, cells: Cells, header: Header, row: Row) -> None:
    """Say where an amount shows another currency than the column of currencies names."""
    for place in header.amounts:
        cell = stored.cells.get(place)
        if cell and (shown := cells.currencies(cell)):
            named = set(row.cells.get(CURRENCIES, "").upper().replace(" ", "").split("|")) - {""}
            if not shown & named:
                told = {"shown": ", ".join(sorted(shown)), "named": ", ".join(sorted(named)) or "–"}
                row.note(header.names[place] or "", _shows_other() % told)


def _shows_other() -> str:
    return _("The cell shows %(shown)s, and the column funding_currencies %(named)s.")


def _problems_of_merged(merged: list[Merged], header: Header) -> Iterator[Problem]:
    for one in merged:
        name = header.names[one.place] if one.place < len(header.names) else None
        yield Problem(name or "", _merged_message(one))


def _merged_message(merged: Merged) -> str:
    return _("The cells %s are merged. Unmerge them and fill in each.") % merged.name
