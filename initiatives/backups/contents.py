"""What is in the database: asked of a copy, of a snapshot or of the database itself."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection

from initiatives.backups.manifest import BackupContents
from initiatives.models import Edition, Source

Ask = Callable[[str], list[tuple[Any, ...]]]
_MIGRATIONS = "django_migrations"


def ask(sql: str) -> list[tuple[Any, ...]]:
    """The rows that the database gives by the connection of Django."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def tables() -> list[str]:
    """The tables of all models that are there, with that of the migrations."""
    models = apps.get_models(include_auto_created=True)
    ours = {model._meta.db_table for model in models if model._meta.managed} | {_MIGRATIONS}
    return sorted(ours & set(connection.introspection.table_names()))


def contents(asked: Ask, names: Iterable[str]) -> BackupContents:
    """Of the tables `names`, which exist."""
    rows = {name: asked(f"SELECT count(*) FROM {_quoted(name)}")[0][0] for name in names}
    applied = asked(f"SELECT app, name FROM {_MIGRATIONS}") if _MIGRATIONS in rows else []
    register = Edition._meta.db_table
    last = (
        asked(f"SELECT position, digest FROM {register} ORDER BY position DESC LIMIT 1")
        if register in rows
        else []
    )
    position, digest = last[0] if last else (0, "")
    migrations = sorted(f"{app}.{name}" for app, name in applied)
    return BackupContents(migrations=migrations, rows=rows, position=position, digest=digest)


def carried_documents(asked: Ask) -> dict[str, str]:
    """SHA-256 of each document that a source carries → the short name of one such source."""
    table = Source._meta.db_table
    return dict(asked(f"SELECT document, slug FROM {table} WHERE document <> ''"))


def filled_tables() -> list[str]:
    """The tables of ours and of accounts that have rows: none in a database that is empty or was
    only migrated."""
    ours = {model._meta.db_table for model in apps.get_app_config("initiatives").get_models()}
    ours.add(get_user_model()._meta.db_table)
    there = ours & set(connection.introspection.table_names())
    return [name for name in sorted(there) if ask(f"SELECT 1 FROM {_quoted(name)} LIMIT 1")]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
