"""What makes writing slow, and is as it was once all is written: indexes, triggers, foreign keys.

What fails leaves them off: a database that was filled by half is of no use.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

from initiatives.models import SearchDocument

_DOCUMENTS = SearchDocument._meta.db_table
_IN_MEMORY = -1_000_000  # KiB of pages that SQLite keeps, with the sign that its PRAGMA asks for
_INDEXES_OF_SQLITE = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(%s))"""
_INDEXES_OF_POSTGRESQL = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid::regclass::text IN (SELECT json_array_elements_text(%s::json))
    AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"""
_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE contype = 'f'
    AND conrelid::regclass::text IN (SELECT json_array_elements_text(%s::json))"""


@contextmanager
def hurried() -> Iterator[None]:
    """What is filled can be filled again, so it need not survive a power cut meanwhile."""
    connection.ensure_connection()
    if connection.vendor == "postgresql" or connection.in_atomic_block:
        yield
        return
    _execute(
        "PRAGMA journal_mode=MEMORY",
        "PRAGMA synchronous=OFF",
        "PRAGMA foreign_keys=OFF",
        f"PRAGMA cache_size={_IN_MEMORY}",
        "PRAGMA temp_store=MEMORY",
    )
    try:
        yield
    finally:
        connection.close()


@contextmanager
def indexed_at_the_end(tables: Iterable[str]) -> Iterator[None]:
    """Row by row indexes take most of the time, those of texts above all."""
    of_vendor = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    off, on = of_vendor(sorted(tables))
    _execute(*off)
    yield
    _execute(*on)


def _execute(*statements: str) -> None:
    if connection.vendor == "postgresql":
        connection.check_constraints()  # it changes no table of which it has them to check
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _found(query: str, tables: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, [json.dumps(tables)])
        return cursor.fetchall()


def _on_postgresql(tables) -> tuple[list[str], list[str]]:
    indexes = dict(_found(_INDEXES_OF_POSTGRESQL, tables))
    keys = _found(_FOREIGN_KEYS, tables)
    triggers = f"ALTER TABLE {_DOCUMENTS} {{}} TRIGGER USER"
    off = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _sql in keys]
    on = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {sql}" for table, name, sql in keys]
    return (
        [triggers.format("DISABLE"), *off, *(f"DROP INDEX {name}" for name in indexes)],
        [*indexes.values(), *on, triggers.format("ENABLE")],
    )


def _on_sqlite(tables) -> tuple[list[str], list[str]]:
    indexes = dict(_found(_INDEXES_OF_SQLITE, tables))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
            [_DOCUMENTS],
        )
        triggers = dict(cursor.fetchall())
    rebuild = "INSERT INTO initiatives_search(initiatives_search) VALUES ('rebuild')"
    off = [f'DROP INDEX "{name}"' for name in indexes]
    return (
        off + [f"DROP TRIGGER {name}" for name in triggers],
        [*indexes.values(), rebuild, *triggers.values()],
    )
