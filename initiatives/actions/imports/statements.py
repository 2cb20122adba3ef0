"""Many rows at once: by COPY on PostgreSQL, else by one prepared statement.

`bulk_create` and `bulk_update` build a new statement for some dozen rows at a time, which takes
longer than writing them.
"""

from collections.abc import Iterable, Iterator

from django.db import DEFAULT_DB_ALIAS, connection, connections


def insert(records: Iterable) -> None:
    """Store new rows of one model, in their order. They are not told their keys."""
    records = list(records)
    if not records:
        return
    options = type(records[0])._meta
    fields = [field for field in options.concrete_fields if not field.primary_key]
    into = f"{_name(options.db_table)} ({', '.join(_name(field.column) for field in fields)})"
    values = _values(records, fields, is_new=True)
    if connection.vendor == "postgresql":
        _copy(f"COPY {into} FROM STDIN", values)
    else:
        _run(f"INSERT INTO {into} VALUES ({', '.join(['%s'] * len(fields))})", values)


def update(records: list, names: list[str]) -> None:
    """Store the fields `names` of rows of one model, which are there already."""
    if not records:
        return
    options = type(records[0])._meta
    fields = [options.get_field(name) for name in names]
    columns = ", ".join(f"{_name(field.column)} = %s" for field in fields)
    where = f"{_name(options.pk.column)} = %s"
    statement = f"UPDATE {_name(options.db_table)} SET {columns} WHERE {where}"
    _run(statement, _values(records, [*fields, options.pk], is_new=False))


def _values(records: list, fields: list, *, is_new: bool) -> Iterator[list]:
    base = connections[DEFAULT_DB_ALIAS]  # looked up once, and not for each value
    for record in records:
        yield [field.get_db_prep_save(field.pre_save(record, is_new), base) for field in fields]


def _run(statement: str, values: Iterator[list]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))


def _copy(statement: str, values: Iterator[list]) -> None:
    errors = connection.wrap_database_errors
    with errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)


def _name(name: str) -> str:
    return connection.ops.quote_name(name)
