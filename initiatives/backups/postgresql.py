"""PostgreSQL: pg_dump's custom format, put back by pg_restore in one transaction of ours."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import Error, connection, transaction

from initiatives.backups.contents import Ask, ask
from initiatives.backups.errors import BackupError
from initiatives.backups.programs import found, running

_NAME = "database.dump"
_LOCK_SECONDS = 30
_FIELDS = {
    "NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port",
}  # fmt: skip
# From the security releases of August 2025 on the script of pg_restore has them for psql.
_FOR_PSQL = (b"\\restrict ", b"\\unrestrict ")
# pg_restore writes a setting of its own version, which an older server does not know.
_SINCE = {b"SET transaction_timeout ": 17_00_00}


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, Ask]]:
    """(the dump as a file in `folder`, what to ask of the snapshot that it shows)"""
    dump = folder / _NAME
    try:
        with transaction.atomic():
            ask_nothing("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            ask_nothing("SET LOCAL statement_timeout = 0")
            ask_nothing("SET LOCAL idle_in_transaction_session_timeout = 0")
            snapshot = ask("SELECT pg_export_snapshot()")[0][0]
            _dump(dump, snapshot)
            yield dump, ask
    except Error as error:
        raise BackupError(f"PostgreSQL: {_line(error)}. Nothing was left behind.") from error


def _dump(dump: Path, snapshot: str) -> None:
    command = [found("pg_dump"), "--format=custom", "--no-owner", "--no-privileges"]
    command += [f"--snapshot={snapshot}", "--no-password", *_unnamed_options()]
    with dump.open("xb") as file, running(command, stdout=file, env=_environment()):
        pass


@contextmanager
def loading(part: Path, folder: Path) -> Iterator[None]:
    """Inside, the database holds what the dump says, as nobody else sees it before the end."""
    try:
        with transaction.atomic():
            ask_nothing(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
            _drop_ours()
            _run_script(part)
            ask_nothing("RESET search_path")
            yield
    except Error as error:
        raise BackupError(f"PostgreSQL: {_line(error)}. {_cure(error)}") from error
    finally:
        connection.close()  # with what the script has set


def _drop_ours() -> None:
    """The tables of all models, and what their triggers call; nothing that is not ours."""
    models = apps.get_models(include_auto_created=True)
    names = {model._meta.db_table for model in models if model._meta.managed}
    there = sorted((names | {"django_migrations"}) & set(connection.introspection.table_names()))
    if there:
        ask_nothing(f"DROP TABLE {', '.join(map(connection.ops.quote_name, there))}")
    functions = ask(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'initiatives\\_%' "
        "AND pronamespace = current_schema()::regnamespace"
    )
    for (function,) in functions:
        ask_nothing(f"DROP FUNCTION {function}")


def _run_script(part: Path) -> None:
    command = [found("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(part)]
    with running(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        run_script(process.stdout)


def run_script(lines: Iterable[bytes]) -> None:
    """Run what pg_restore writes: SQL, and data between COPY … FROM stdin; and a line with \\."""
    lines, passed_over = iter(lines), (*_FOR_PSQL, *_too_new())
    statements: list[bytes] = []
    with connection.cursor() as cursor:
        for line in lines:
            if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
                _execute(cursor, statements)
                statements = []
                with cursor.copy(line) as copy:
                    for row in lines:
                        if row == b"\\.\n":
                            break
                        copy.write(row)
            elif not line.startswith(passed_over):
                statements.append(line)
        _execute(cursor, statements)


def _too_new() -> list[bytes]:
    ours: Any = connection
    return [line for line, first in _SINCE.items() if ours.pg_version < first]


def _execute(cursor: Any, statements: list[bytes]) -> None:
    text = b"".join(statements).decode()
    if text.strip():
        cursor.execute(text)


def ask_nothing(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _environment() -> dict[str, str]:
    """Our environment with all that DATABASE_URL says, as libpq's variables: a password on a
    command line could be read by everybody on the machine."""
    said = _options()
    return os.environ | {name: said[key] for key, name in _variables().items() if key in said}


def _unnamed_options() -> list[str]:
    """What has no variable, as an argument; no secret is among it."""
    from psycopg import conninfo, pq

    rest = {key: value for key, value in _options().items() if key not in _variables()}
    secret = {one.keyword.decode() for one in pq.Conninfo.get_defaults() if one.dispchar == b"*"}
    if secret & set(rest):
        raise BackupError(
            f"pg_dump takes {', '.join(sorted(secret & set(rest)))} from no variable. Take the "
            "passphrase off the key that sslkey names, and let its file be readable by us alone."
        )
    return [f"--dbname={conninfo.make_conninfo(**rest)}"] if rest else []


def _options() -> dict[str, str]:
    settings: dict[str, Any] = connection.settings_dict
    named = {key: str(settings[field]) for field, key in _FIELDS.items() if settings[field]}
    return named | {key: str(value) for key, value in settings["OPTIONS"].items()}


def _variables() -> dict[str, str]:
    """libpq's options that have a variable of the environment."""
    from psycopg import pq

    known = pq.Conninfo.get_defaults()
    return {one.keyword.decode(): one.envvar.decode() for one in known if one.envvar}


def _line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def _cure(error: Exception) -> str:
    if "lock timeout" in str(error):
        return "Somebody uses the tables: stop the site. The database is as it was."
    return "The database is as it was."
