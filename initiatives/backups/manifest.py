"""What a backup says of itself, and whether this program can take it."""

import re
from datetime import datetime

import msgspec
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from initiatives.backups.errors import BackupError, UnreadableBackup

FORMAT = 1
# It stays the last migration and so gets another number with each new one; a database that was
# upgraded has all names that it ever had.
_LAST = re.compile(r"initiatives\.\d{4}_first_editions", re.ASCII)
_ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class BackupPart(msgspec.Struct, frozen=True):
    """A file in the backup: its SHA-256 and its size in bytes."""

    sha256: str
    size: int


class BackupContents(msgspec.Struct, frozen=True):
    """What the database holds: migrations, rows of each table, the end of the public register."""

    migrations: list[str]
    rows: dict[str, int]
    position: int
    digest: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`version` is that of the program, `site` whose backup it is, `made_at` the time in UTC."""

    format: int = FORMAT
    version: str
    site: str
    engine: str
    made_at: datetime
    contents: BackupContents
    parts: dict[str, BackupPart]


class _Format(msgspec.Struct):
    format: int
    version: str = "unknown"


def encoded(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def decoded(text: bytes) -> Manifest:
    """Raises Unreadable for what is no manifest, or one of a newer format."""
    try:
        head = msgspec.json.decode(text, type=_Format)
        if head.format > FORMAT:
            raise UnreadableBackup(
                f"It was made by version {head.version} in format {head.format}, and this program "
                f"reads up to format {FORMAT}. Install that version."
            )
        return msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError as error:
        raise UnreadableBackup(f"Its manifest cannot be read: {error}.") from error


def is_older(contents: BackupContents) -> bool:
    """Whether the database has to be migrated to what this program knows."""
    return not _known() <= set(contents.migrations)


def refuse_others(manifest: Manifest) -> None:
    """Raises Unreadable for a newer program's backup, and BackupError for another engine's."""
    unknown = set(manifest.contents.migrations) - _known()
    newer = sorted(name for name in unknown if not _LAST.fullmatch(name))
    if newer:
        raise UnreadableBackup(
            f"It was made by version {manifest.version}, whose database has what this program does "
            f"not know ({', '.join(newer[:3])}). Install that version."
        )
    if manifest.engine != connection.vendor:
        theirs, ours = (_ENGINES.get(one, one) for one in (manifest.engine, connection.vendor))
        raise BackupError(
            f"It is a backup of {theirs}, and DATABASE_URL names {ours}. Restore it to a database "
            "of its own kind, and move the rows by dumpdata and loaddata, see docs/operations.md."
        )


def _known() -> set[str]:
    """The migrations that come with this program."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def differences(there: BackupContents, said: BackupContents) -> list[str]:
    """What is in the database otherwise than the manifest says, in words."""
    found = [
        f"{table} has {there.rows.get(table)} rows, not {number}"
        for table, number in said.rows.items()
        if there.rows.get(table) != number
    ]
    if (there.position, there.digest) != (said.position, said.digest):
        found.append(f"the register ends at {there.position}, not {said.position}, or otherwise")
    return found


def is_name(text: str) -> bool:
    """Whether a part of a backup may be called so."""
    return re.fullmatch(r"database\.(sqlite3\.gz|dump)|documents/[0-9a-f]{64}", text) is not None
