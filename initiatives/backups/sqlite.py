"""SQLite: a copy by its own backup API, in both directions."""

import gzip
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from initiatives.backups.contents import Ask
from initiatives.backups.errors import BackupError, UnreadableBackup

_NAME = "database.sqlite3.gz"
_LEVEL = 6


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, Ask]]:
    """(the database as a file in `folder`, what to ask of it).

    In one step, so that it is the state of one instant; in WAL mode nobody waits meanwhile.
    """
    _refuse_memory()
    copy = folder / "copy.sqlite3"
    try:
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
        with (
            copy.open("rb") as file,
            gzip.open(folder / _NAME, "wb", compresslevel=_LEVEL) as packed,
        ):
            shutil.copyfileobj(file, packed, 1024 * 1024)
        with closing(sqlite3.connect(copy)) as asked:
            yield folder / _NAME, lambda sql: asked.execute(sql).fetchall()
    except sqlite3.Error as error:
        raise BackupError(
            f"SQLite: {error}. Nothing was left behind. Where room is missing make some beside "
            f"{folder}, or let TMPDIR name another folder."
        ) from error


@contextmanager
def loading(part: Path, folder: Path) -> Iterator[None]:
    """Inside, Django's connection leads to the restored copy. At the end it is written over the
    database in one transaction, which waits for other writers and which readers see at once."""
    _refuse_memory()
    copy = folder / "restored.sqlite3"
    try:
        _unpack(part, copy)
        with _leading_to(copy):
            yield
        with closing(sqlite3.connect(copy)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
    except sqlite3.Error as error:
        raise BackupError(f"SQLite: {error}. The database is as it was.") from error


def _unpack(part: Path, copy: Path) -> None:
    try:
        with gzip.open(part, "rb") as packed, copy.open("xb") as file:
            shutil.copyfileobj(packed, file, 1024 * 1024)
        with closing(sqlite3.connect(copy)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except (gzip.BadGzipFile, EOFError, zlib.error, sqlite3.DatabaseError) as error:
        raise UnreadableBackup(f"Its database is damaged: {error}.") from error
    if found != "ok":
        raise UnreadableBackup(f"Its database is damaged: {found}.")


@contextmanager
def _leading_to(path: Path) -> Iterator[None]:
    settings: dict[str, Any] = connection.settings_dict
    name = settings["NAME"]
    connection.close()
    settings["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        settings["NAME"] = name


def _refuse_memory() -> None:
    if ":memory:" in str(connection.settings_dict["NAME"]):
        raise BackupError("The database is in memory only. Name a file: sqlite:///path.")
