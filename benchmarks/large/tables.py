"""Rows by the hundred thousand: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

_IN_MEMORY = -1_000_000  # KiB of pages that SQLite keeps, with the sign that its PRAGMA asks for


class Table:
    """Rows of `model` that wait to be written. What is not given is as a new object has it."""

    def __init__(self, model: type[Model], *varied: str) -> None:
        self.model, fields = model, model._meta.concrete_fields
        blank = model()
        self._columns = [field.column for field in fields]
        self._blank = [
            field.get_db_prep_save(blank.__dict__.get(field.attname, ""), connection)
            for field in fields
        ]
        places = {field.attname: place for place, field in enumerate(fields)}
        self._places = [places[name] for name in varied]
        self._rows: list[list[Any]] = []

    def add(self, *values: Any) -> None:
        """A row with `values` in the fields that vary, as the database takes them."""
        row = self._blank.copy()
        for place, value in zip(self._places, values, strict=True):
            row[place] = value
        self._rows.append(row)

    def write(self) -> None:
        rows, self._rows = self._rows, []
        quote = connection.ops.quote_name
        into = f"{quote(self.model._meta.db_table)} ({', '.join(map(quote, self._columns))})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            elif rows:
                marks = ", ".join(["?"] * len(self._columns))
                # Past Django's cursor, which would read every row for its own kind of marks.
                connection.connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


def in_database() -> Callable[[datetime], str]:
    """What writes an instant as this database reads it; without microseconds, as ours are."""
    ending = "+00" if connection.vendor == "postgresql" else ""
    return lru_cache(maxsize=64)(
        lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") + ending
    )


@contextmanager
def hurried() -> Iterator[None]:
    """What is filled can be filled again, so it need not survive a power cut meanwhile."""
    connection.ensure_connection()
    if connection.vendor == "postgresql" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute(f"PRAGMA cache_size={_IN_MEMORY}")
        cursor.execute("PRAGMA temp_store=MEMORY")
    try:
        yield
    finally:
        connection.close()


def reset_sequences(*models: type[Model]) -> None:
    """Let the database give the next primary keys, since ours were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
