"""Many rows by one prepared statement.

`bulk_create` and `bulk_update` build a new statement for some dozen rows at a time, which takes
longer than writing them.
"""

from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, connection, connections


def insert(records: Iterable) -> None:
    """Store new rows of one model, in their order. They are not told their keys."""
    records = list(records)
    if not records:
        return
    model = type(records[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    places = ", ".join(["%s"] * len(fields))
    columns = ", ".join(map(_column, fields))
    statement = f"INSERT INTO {_table(model)} ({columns}) VALUES ({places})"
    _run(statement, records, fields, is_new=True)


def update(records: list, names: list[str]) -> None:
    """Store the fields `names` of rows of one model, which are there already."""
    if not records:
        return
    model = type(records[0])
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(f"{_column(field)} = %s" for field in fields)
    statement = f"UPDATE {_table(model)} SET {columns} WHERE {_column(model._meta.pk)} = %s"
    _run(statement, records, [*fields, model._meta.pk], is_new=False)


def _run(statement: str, records: list, fields: list, *, is_new: bool) -> None:
    base = connections[DEFAULT_DB_ALIAS]  # looked up once, and not for each value
    values = [
        [field.get_db_prep_save(field.pre_save(record, is_new), base) for field in fields]
        for record in records
    ]
    with base.cursor() as cursor:
        cursor.executemany(statement, values)


def _table(model) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field) -> str:
    return connection.ops.quote_name(field.column)
