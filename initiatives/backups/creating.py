"""Making a backup: the database first, then the documents that it names, then one rename."""

import os
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from initiatives import document_store
from initiatives.backups import postgresql, sqlite
from initiatives.backups.archive import Writer
from initiatives.backups.contents import carried_documents, contents, tables
from initiatives.backups.encryption import Recipients, written
from initiatives.backups.errors import BackupError, told
from initiatives.backups.folders import working
from initiatives.backups.manifest import Manifest, is_older
from initiatives.backups.names import name_of

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class CreatedBackup:
    """A backup that is there; `missing` says which documents it lacks, with the source of each."""

    path: Path
    manifest: Manifest
    missing: dict[str, str]


def back_up(folder: Path, *, recipients: Recipients | None, at: datetime) -> CreatedBackup:
    """Make a backup in `folder`, whole or not at all. Raises BackupError with the cure."""
    at = at.astimezone(UTC)
    if not tables():
        raise BackupError("The database has no tables yet: run manage.py migrate first.")
    if recipients is not None:
        recipients.command()  # not installed: said before anything is copied
    with told():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / name_of(at, recipients.program if recipients else None)
        if path.exists():
            raise BackupError(f"{path} is there already, made in this second. Try again.")
        with working(folder) as apart:
            made = _write(apart / "backup", recipients, at)
            os.replace(apart / "backup", path)
        _sync(folder)
        return CreatedBackup(path, *made)


def _write(
    path: Path, recipients: Recipients | None, at: datetime
) -> tuple[Manifest, dict[str, str]]:
    with ExitStack() as stack:
        apart = os.environ.get("TMPDIR")
        within = stack.enter_context(working(Path(apart) if apart else path.parent))
        part, asked = stack.enter_context(ENGINES[connection.vendor].copied(within))
        held = contents(asked, tables())
        carried = {} if is_older(held) else carried_documents(asked)
        with written(path, recipients) as sink, Writer(sink, at) as writer:
            writer.add_database(part)
            kept = _add_documents(writer)
            manifest = Manifest(
                version=settings.VERSION,
                site=settings.IDENTIFIER_DOMAIN,
                engine=connection.vendor,
                made_at=at,
                contents=held,
                parts=writer.parts,
            )
            writer.end(manifest)
    os.chmod(path, 0o600)
    _sync(path)
    return manifest, {sha256: slug for sha256, slug in carried.items() if sha256 not in kept}


def _add_documents(writer: Writer) -> set[str]:
    """All documents of the store but those that are others than their names say.

    They are written before rows name them, so what the copy of the database names is there.
    """
    kept = set()
    for sha256 in document_store.digests():
        content = document_store.content(sha256)
        if content is not None:
            writer.add_document(sha256, content)
            kept.add(sha256)
    return kept


def _sync(path: Path) -> None:
    """What was written there survives a power cut from now on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
