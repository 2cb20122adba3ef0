"""Django's flush, which also empties the public register, the histories and the audit of accounts:
their tables refuse that otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import flush
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = tuple(
    f"initiatives_{name}"
    for name in (
        *("edition", "reviewcheck", "accountevent"),
        *("statuschange", "daterevision", "change", "documentremoval"),
    )
)


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with _without_triggers(connections[options["database"]]):
            super().handle(**options)


@contextmanager
def _without_triggers(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The triggers of these tables are off meanwhile, and come back as they were."""
    off, on = _statements(connection)
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for statement in on:
                cursor.execute(statement)


def _statements(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    if connection.vendor == "postgresql":
        before, after = (
            [f"ALTER TABLE {table} {what} TRIGGER USER" for table in _stored(connection)]
            for what in ("DISABLE", "ENABLE")
        )
        return before, after
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(KEPT))
        cursor.execute(
            "SELECT name, sql FROM sqlite_master "
            f"WHERE type = 'trigger' AND tbl_name IN ({places})",
            KEPT,
        )
        found = dict(cursor.fetchall())
    return [f"DROP TRIGGER {name}" for name in found], list(found.values())


def _stored(connection: BaseDatabaseWrapper) -> list[str]:
    return [name for name in connection.introspection.table_names() if name in KEPT]
