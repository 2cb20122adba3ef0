"""Rows by the hundred thousand: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model


class Table:
    """Rows of `model`. What is not given is as a new object has it, a key as the database has."""

    def __init__(self, model: type[Model], *varied: str) -> None:
        self.model, blank = model, model()
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self._columns = [fields[name].column for name in varied]
        self._same = {}  # by column what all rows have; where that is nothing it is left out
        for name in fields.keys() - set(varied):
            value = fields[name].get_db_prep_save(blank.__dict__.get(name, ""), connection)
            if value is not None:
                self._same[fields[name].column] = value

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write rows of what varies, as the database takes them."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                same = tuple(self._same.values())
                with cursor.copy(f"COPY {self._into()} FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row + same)
            else:
                marks = ", ".join(
                    ["?"] * len(self._columns) + [*map(_literal, self._same.values())]
                )
                # Past Django's cursor, which would read every row for its own kind of marks.
                insert = f"INSERT INTO {self._into()} VALUES ({marks})"
                connection.connection.executemany(insert, rows)

    def _into(self) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(map(quote, [*self._columns, *self._same]))
        return f"{quote(self.model._meta.db_table)} ({columns})"


def _literal(value: Any) -> str:
    """A value of every row, which need not be given anew with each."""
    if isinstance(value, int):
        return str(int(value))
    return "'{}'".format(str(value).replace("'", "''"))


def in_database() -> Callable[[datetime], str]:
    """What writes an instant as this database reads it; without microseconds, as ours are."""
    ending = "+00" if connection.vendor == "postgresql" else ""
    return lru_cache(maxsize=64)(
        lambda moment: moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") + ending
    )


def reset_sequences(*models: type[Model]) -> None:
    """Let the database give the next primary keys, since ours were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
