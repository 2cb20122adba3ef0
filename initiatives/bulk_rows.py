"""Many rows of one model at once, in statements whose SQL is written once: Django takes five times
as long to prepare the values of new rows as SQLite takes to store them. PostgreSQL is given them by
COPY: to put thousands of values into one INSERT takes psycopg four times as long as the server."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar, cast

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Field, ForeignKey, JSONField, Model
from django.db.models.base import ModelState
from django.utils import timezone

Row = TypeVar("Row", bound=Model)
_Field = Field  # of any value
_TOGETHER = 100  # rows of one statement at most; SQLite takes fewer


def new_row(model: type[Row], *, at: datetime | None = None) -> Row:
    """As `model()`, at a tenth of its cost: what is the same in all new rows is copied.

    Where many are made in one instant, `at` is that one, and the clock is not asked for each.
    """
    row, (values, computed) = model.__new__(model), _blank(model)
    row.__dict__ = {**values, "_state": ModelState()}
    for name, default in computed:
        is_instant = at is not None and default is timezone.now
        row.__dict__[name] = at if is_instant else default()
    return row


@cache
def _blank(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """The values of a new row, and the defaults that each row has to be given anew."""
    fields = model._meta.concrete_fields
    made = [one for one in fields if one.has_default() and callable(one.default)]
    computed = [(one.attname, one.default) for one in made]
    values = {name: value for name, value in vars(model()).items() if name != "_state"}
    return values, computed


def set_foreign_key(row: Model, name: str, target: Model | None) -> None:
    """As `setattr` of a foreign key to primary keys, at a fifth of its cost: nothing is checked."""
    field = cast("ForeignKey[Any, Any]", row._meta.get_field(name))
    row.__dict__[field.attname] = None if target is None else target.pk
    row._state.fields_cache[name] = target


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Store `rows`, new instances of `model`, and give each its primary key.

    As `bulk_create`: without signals, values by the fields' own `pre_save` and `get_db_prep_save`.
    Rows that they point to have to be stored before. Raises IntegrityError as it does; call it in
    a transaction.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = _columns(model)
    values = [_prepared(one, _values(one, rows), connection) for one in fields]
    if connection.vendor == "postgresql":
        keys: Iterable[Any] = _copied(model, values, len(rows), connection)
    else:
        size = min(_TOGETHER, connection.ops.bulk_batch_size(fields, rows))
        keys = _inserted(model, list(zip(*values, strict=True)), size, connection)
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def update_rows(model: type[Model], rows: Sequence[Model], names: Sequence[str]) -> None:
    """Store the fields `names` of `rows`, as `bulk_update` does; call it in a transaction."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    by_name = {one.name: one for one in model._meta.concrete_fields}
    fields = [*(by_name[name] for name in names), model._meta.pk]
    *told, key = (f'"{one.column}" = %s' for one in fields)
    values = [_prepared(one, _values(one, rows), connection) for one in fields]
    sql = f'UPDATE "{model._meta.db_table}" SET {", ".join(told)} WHERE {key}'
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*values, strict=True)))


@cache
def _columns(model: type[Model]) -> tuple[_Field, ...]:
    fields = model._meta.concrete_fields
    return tuple(one for one in fields if not one.primary_key and not one.generated)


def _prepared(field: _Field, values: list[Any], connection: BaseDatabaseWrapper) -> list[Any]:
    """The column as the database takes it. What stands in many rows is prepared once."""
    prepare = partial(field.get_db_prep_save, connection=connection)
    if isinstance(field, JSONField):  # its values cannot be keys
        return list(map(prepare, values))
    known = {value: prepare(value) for value in set(values)}
    return [known[value] for value in values]


def _values(field: _Field, rows: Sequence[Model]) -> list[Any]:
    if _is_computed(field):
        return [field.pre_save(row, True) for row in rows]
    values = list(map(attrgetter(field.attname), rows))
    if field.is_relation:
        _point(field, rows, values)
    return values


def _is_computed(field: _Field) -> bool:
    """Whether it is saved with another value than the row has."""
    if isinstance(field, DateField):
        return field.auto_now or field.auto_now_add
    return type(field).pre_save is not Field.pre_save


def _point(field: _Field, rows: Sequence[Model], keys: list[Any]) -> None:
    """To the rows that were stored after they were put here."""
    for place, key in enumerate(keys):
        target = None if key is not None else rows[place]._state.fields_cache.get(field.name)
        if target is not None:
            keys[place] = rows[place].__dict__[field.attname] = target.pk


def _copied(
    model: type[Model], values: list[list[Any]], rows: int, connection: BaseDatabaseWrapper
) -> list[int]:
    """The keys are drawn first, since COPY tells none."""
    copying, drawing = _copy_of(model)
    with connection.cursor() as cursor:
        cursor.execute(drawing, [rows])
        keys = [key for (key,) in cursor.fetchall()]
        # What the database refuses it says when the copy ends, behind Django's own wrapper.
        with connection.wrap_database_errors, cursor.copy(copying) as copy:
            for row in zip(keys, *values, strict=True):
                copy.write_row(row)
    return keys


@cache
def _copy_of(model: type[Model]) -> tuple[str, str]:
    """The COPY, and the query that draws as many keys as it is told."""
    table, key = model._meta.db_table, model._meta.pk.column
    columns = ", ".join(f'"{name}"' for name in (key, *(one.column for one in _columns(model))))
    return (
        f'COPY "{table}" ({columns}) FROM STDIN',
        f"SELECT nextval(pg_get_serial_sequence('\"{table}\"', '{key}'))"
        " FROM generate_series(1, %s)",
    )


def _inserted(
    model: type[Model], rows: list[tuple[Any, ...]], size: int, connection: BaseDatabaseWrapper
) -> Iterator[Any]:
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            values = [value for row in some for value in row]
            cursor.execute(_statement(model, len(some)), values)
            yield from (key for (key,) in cursor.fetchall())


def _statement(model: type[Model], rows: int) -> str:
    before, row, after = _parts(model)
    return f"{before}{', '.join([row] * rows)}{after}"


@cache
def _parts(model: type[Model]) -> tuple[str, str, str]:
    """What stands before the rows, one row, and what stands behind; both databases quote alike."""
    columns = [f'"{one.column}"' for one in _columns(model)]
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ',
        f"({', '.join(['%s'] * len(columns))})",
        f' RETURNING "{model._meta.pk.column}"',
    )
