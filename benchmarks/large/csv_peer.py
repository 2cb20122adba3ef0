"""What the streamed CSV is compared to: the same cells, copied out of a table that holds them.

Nothing is left to be computed, joined or translated there, so nothing that makes the file can be
faster than the database is at that.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain, islice
from weakref import finalize

from django.db import connection
from django.test import Client

_TABLE = "csv_peer"
_PART = 100 * 1024  # characters that are handed on together
_TOGETHER = 500


class ReadyCells:
    """The first lines of the file at `address` in a temporary table, on a connection of its own:
    the others are closed between two measurements."""

    def __init__(self, address: str, lines: int) -> None:
        rows = _rows(address, lines)
        names = next(rows)
        columns = ", ".join(f'"{name}" text' for name in names)
        places = ", ".join(["%s"] * len(names))
        self._connection = connection.copy()
        finalize(self, self._connection.close)
        with self._connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {_TABLE} ({columns})")
            while some := list(islice(rows, _TOGETHER)):
                cursor.executemany(f"INSERT INTO {_TABLE} VALUES ({places})", some)

    def copied(self) -> int:
        """The bytes of the file, none of which is kept."""
        return sum(map(len, self.parts()))

    def parts(self) -> Iterator[bytes]:
        """The file: by COPY on PostgreSQL, and by a bare cursor and Python's own writer on SQLite,
        which has no such thing."""
        return self._copy() if connection.vendor == "postgresql" else self._written()

    def _copy(self) -> Iterator[bytes]:
        statement = f"COPY (SELECT * FROM {_TABLE}) TO STDOUT WITH CSV HEADER"
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield from copy

    def _written(self) -> Iterator[bytes]:
        self._connection.ensure_connection()
        found = self._connection.connection.execute(f"SELECT * FROM {_TABLE}")
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(name for name, *_rest in found.description)
        for row in found:
            writer.writerow(row)
            if text.tell() >= _PART:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()


def _rows(address: str, lines: int) -> Iterator[list[str]]:
    """The header and so many rows of the file, which is read no further."""
    parts = Client().get(address, secure=True).streaming_content
    # Every part ends where a row ends, which `csv_file` promises.
    read = (csv.reader(StringIO(part.decode("utf-8-sig"), newline="")) for part in parts)
    return islice(chain.from_iterable(read), lines + 1)
