"""The spreadsheet for reading as a whole: one pass over the records fills all sheets."""

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from typing import IO

from initiatives.demonstration import marked
from initiatives.exchange.workbook import read_me
from initiatives.exchange.workbook.book import Book, pages_of
from initiatives.exchange.workbook.records import Told
from initiatives.exchange.workbook.sheets import READ_ME, SHEETS

# Some minute of work; the bounds of the format itself are farther.
MOST_ROWS = 100_000
About = read_me.About


def written(told: Iterable[Told], about: About) -> IO[bytes]:
    """The file, in the language of the moment, from its begin; it is gone when it is closed.

    Rows wait in a folder of the system for temporary files, which is emptied whatever happens.
    """
    with ExitStack() as opened:
        file = opened.enter_context(tempfile.TemporaryFile())
        with tempfile.TemporaryDirectory() as waiting:
            _write(file, waiting, told, about)
        file.seek(0)
        opened.pop_all()  # whoever sends it closes it
    return file


def _write(file: IO[bytes], waiting: str, told: Iterable[Told], about: About) -> None:
    title = marked(read_me.title())
    book = Book(file, waiting, title=title, made_on=about.taken_on)
    with ExitStack() as opened:
        opened.callback(book.abandon)
        pages = pages_of(book, SHEETS)
        for one in told:
            for sheet, page in zip(SHEETS, pages, strict=True):
                for part in sheet.parts(one):
                    page.add([column.value(one, part) for column in sheet.columns])
        for sheet, page in zip(SHEETS, pages, strict=True):
            page.filter(len(sheet.columns))
        last = book.add(str(READ_ME), read_me.WIDTHS)
        read_me.write(last, title, about, book.remarks, SHEETS)
        book.close()
