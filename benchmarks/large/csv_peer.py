"""What the streamed CSV is compared to: what the database gives as CSV by itself.

That is the rows of the register, which any reader of it has to read, and the cells of the file out
of a table that holds them: there nothing is left to be decoded, named or translated.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from weakref import finalize

from django.db import connection
from django.test import Client
from django.utils import timezone

from initiatives.choices import EditionKind
from initiatives.models import Edition

_PART = 100 * 1024  # characters that are handed on together
_TOGETHER = 500


class _Copied:
    """A temporary table of texts, on a connection of its own: the others are closed between two
    measurements."""

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        following = iter(rows)
        texts = ", ".join(f'"{name}" text' for name in columns)
        places = ", ".join(["%s"] * len(columns))
        self._table = f"csv_peer_of_{len(columns)}"
        self._connection = connection.copy()
        finalize(self, self._connection.close)
        with self._connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {self._table} ({texts})")
            while some := list(islice(following, _TOGETHER)):
                cursor.executemany(f"INSERT INTO {self._table} VALUES ({places})", some)

    def copied(self) -> int:
        """The bytes of the file, none of which is kept."""
        return sum(map(len, self.parts()))

    def parts(self) -> Iterator[bytes]:
        """The file: by COPY on PostgreSQL, and by a bare cursor and Python's own writer on SQLite,
        which has no such thing."""
        return self._copy() if connection.vendor == "postgresql" else self._written()

    def _copy(self) -> Iterator[bytes]:
        statement = f"COPY (SELECT * FROM {self._table}) TO STDOUT WITH CSV HEADER"
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield from copy

    def _written(self) -> Iterator[bytes]:
        self._connection.ensure_connection()
        found = self._connection.connection.execute(f"SELECT * FROM {self._table}")
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


class ReadyCells(_Copied):
    """The first lines of the file at `address`, cell by cell."""

    def __init__(self, address: str, lines: int) -> None:
        rows = _rows(address, lines)
        super().__init__(next(rows), rows)


class StoredEditions(_Copied):
    """The rows of the register that these lines of the file are made from."""

    def __init__(self, address: str, lines: int) -> None:
        columns = [field.column for field in Edition._meta.concrete_fields]
        super().__init__(columns, _editions(_rows(address, lines), columns))


def _editions(rows: Iterator[list[str]], columns: list[str]) -> Iterator[tuple[object, ...]]:
    code, key, now = next(rows).index("code"), columns.index("key"), timezone.now()
    while codes := [row[code] for row in islice(rows, _TOGETHER)]:
        some = Edition.objects.of(EditionKind.INITIATIVE, *codes).current(now).order_by()
        found = {edition[key]: edition for edition in some.values_list(*columns)}
        yield from map(found.__getitem__, codes)


def _rows(address: str, lines: int) -> Iterator[list[str]]:
    """The header and so many rows of the file, which is read no further."""
    parts = Client().get(address, secure=True).streaming_content
    # Every part ends where a row ends, which `csv_file` promises.
    read = (csv.reader(StringIO(part.decode("utf-8-sig"), newline="")) for part in parts)
    return islice(chain.from_iterable(read), lines + 1)
