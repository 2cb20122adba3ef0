"""CSV as RFC 4180 has it, in UTF-8 with the byte order mark by which Excel recognises it."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from initiatives.exchange.cells import harmless
from initiatives.exchange.columns import AMOUNTS, Column
from initiatives.models import Initiative

CONTENT_TYPE = "text/csv; charset=utf-8"
_PART = 16 * 1024  # characters that are handed on together


def parts(rows: Iterable[Initiative], columns: list[Column]) -> Iterator[bytes]:
    """The file in parts of some 16 thousand characters, made while it is read."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([harmless(one.write(row), amounts=one.name in AMOUNTS) for one in columns])
        if text.tell() >= _PART:
            yield _taken(text)
    yield _taken(text)


def _taken(text: StringIO) -> bytes:
    taken = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return taken
