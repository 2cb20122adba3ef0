"""Queries of plain values whose SQL is written once: Django takes ten times as long to write a
query as a database on the same machine takes to answer it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Model, QuerySet, Subquery
from psycopg.abc import Buffer
from psycopg.adapt import Loader

TOGETHER = 200  # keys in one query at most
# SQL is kept for so many keys; where there are fewer, the last one is named again.
_SIZES = (0, 1, 10, 50, TOGETHER)
_INSTANT = datetime(1900, 1, 1, tzinfo=UTC)  # stands for the instant while the SQL is written


def chunks(keys: Iterable) -> Iterator[list]:
    """The keys, TOGETHER at most at once."""
    keys = iter(keys)
    while chunk := list(islice(keys, TOGETHER)):
        yield chunk


def values_of(rows: QuerySet, *columns: str | Expression | Subquery) -> QuerySet:
    """As `values_list()`, but for what django-modeltranslation does to columns: it asks for them in
    the order of a set, and for a text in the language of the moment."""
    return QuerySet(rows.model, rows.query).values_list(*columns)


class _Kept(NamedTuple):
    sql: str
    params: list  # with the stand-ins
    converted: list[tuple]  # (column, expression) of the columns that are not taken as they come
    instant: object  # what stands for it among the params


class _KeptSql:
    """Of `rows(keys, now)`, by the number of keys and kind of database."""

    def __init__(
        self,
        rows: Callable[[list, datetime], QuerySet],
        *,
        keys: type = int,
        texts_as_bytes: bool = False,
    ) -> None:
        self._rows = rows
        self._texts_as_bytes = texts_as_bytes
        self._stand_ins = _STAND_INS[keys]
        self._kept: dict[tuple[str, int], _Kept] = {}

    def asked(self, keys: Sequence, now: datetime) -> Iterator[tuple]:
        size = next(size for size in _SIZES if size >= len(keys))
        database = connections[router.db_for_read(self._model)]
        kept = self._kept.get((database.vendor, size)) or self._keep(size, database)
        repeated = list(keys[-1:]) * (size - len(keys))
        given = dict(zip(self._stand_ins, [*keys, *repeated], strict=False))
        given[kept.instant] = _instant_in(database, now)
        with database.cursor() as cursor:
            if self._texts_as_bytes and database.vendor == "postgresql":
                cursor.cursor.adapters.register_loader("text", _Undecoded)
            cursor.execute(kept.sql, [given.get(value, value) for value in kept.params])
            found = cursor.fetchall()
        return _converted(found, kept.converted, database) if found else iter(())

    @cached_property
    def _model(self) -> type[Model]:
        return self._rows(self._stand_ins[:1], _INSTANT).model

    def _keep(self, size: int, database: BaseDatabaseWrapper) -> _Kept:
        query = self._rows(self._stand_ins[:size], _INSTANT).query
        compiler = query.get_compiler(connection=database)
        sql, params = compiler.as_sql()
        if not set(self._stand_ins[:size]) <= set(params):
            raise ValueError(f"The keys are not among the parameters of {sql}")
        columns = [select[0] for select in compiler.select[: compiler.col_count]]
        converted = [(n, one) for n, one in enumerate(columns) if _converters(one, database)]
        kept = self._kept[database.vendor, size] = _Kept(
            sql, list(params), converted, _instant_in(database, _INSTANT)
        )
        return kept


class KeptQuery(_KeptSql):
    """A query about some keys at an instant, the same but for these.

    `rows(keys, now)` gives it with `values_of` and may use the keys and the instant in conditions
    only. `keys` says whether these are texts or primary keys. `texts_as_bytes` leaves texts in
    UTF-8 on PostgreSQL; SQLite is asked for it by a cast.
    """

    def __call__(self, keys: Sequence, now: datetime) -> Iterator[tuple]:
        """One query; none where there are no keys, of which at most TOGETHER may be given."""
        return self.asked(keys, now) if keys else iter(())


class KeptTableQuery(_KeptSql):
    """The same about no keys: `rows(now)` gives it."""

    def __init__(self, rows: Callable[[datetime], QuerySet]) -> None:
        super().__init__(lambda keys, now: rows(now))

    def __call__(self, now: datetime) -> Iterator[tuple]:
        return self.asked((), now)


class _Undecoded(Loader):
    """A text as PostgreSQL has sent it, for what reads UTF-8 itself."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


# Negative keys are of no row, and no text of ours has such a form.
_STAND_INS: dict[type, list[Any]] = {
    int: [-1 - number for number in range(TOGETHER)],
    str: [f"-stand-in-{number}" for number in range(TOGETHER)],
}


def _instant_in(database: BaseDatabaseWrapper, moment: datetime) -> object:
    return database.ops.adapt_datetimefield_value(moment)


def _converters(expression: Expression, database: BaseDatabaseWrapper) -> list:
    """What makes Python's values of the database's; it belongs to the connection of a thread."""
    of_backend = database.ops.get_db_converters(expression)
    return [*of_backend, *expression.get_db_converters(database)]


def _converted(
    rows: Iterable[tuple], columns: list[tuple[int, Expression]], database: BaseDatabaseWrapper
) -> Iterator[tuple]:
    reading = [(number, one, _converters(one, database)) for number, one in columns]
    for row in rows:
        values = list(row)
        for number, expression, converters in reading:
            for convert in converters:
                values[number] = convert(values[number], expression, database)
        yield tuple(values)
