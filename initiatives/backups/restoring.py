"""Putting a backup back: first everything is checked, and a failure leaves all as it was."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.management import call_command
from django.db import connection

from initiatives import document_store, verification
from initiatives.backups.archive import checked, documents
from initiatives.backups.contents import ask, contents, filled_tables
from initiatives.backups.creating import ENGINES
from initiatives.backups.encryption import plain
from initiatives.backups.errors import BackupError, told
from initiatives.backups.folders import working
from initiatives.backups.manifest import Manifest, differences, is_older, refuse_others
from initiatives.publication import desk_rows

_SHOWN = 5


@dataclass(frozen=True)
class Restored:
    """What was put back; `findings` of manage.py verify that were accepted."""

    manifest: Manifest
    is_migrated: bool
    findings: list[str]


def check(path: Path, *, identity: Path | None = None) -> Manifest:
    """What the backup says of itself. Raises Unreadable or BackupError where this program could not
    put it back."""
    with _opened(path, identity) as (_, manifest, _, _):
        return manifest


def restore(
    path: Path, *, identity: Path | None = None, force: bool = False, accept: bool = False
) -> Restored:
    """Put the backup in the place of what the database holds.

    `force` allows that where it holds rows, `accept` where manage.py verify finds something in
    what is restored. Raises BackupError or Unreadable; the database is as it was then.
    """
    if not force:
        _refuse_filled()
    with (
        _opened(path, identity) as (tar, manifest, part, folder),
        _put_documents(tar),
        ENGINES[connection.vendor].loading(part, folder),
    ):
        _compare(manifest)
        is_migrated = is_older(manifest.contents)
        if is_migrated:
            _upgrade()
        desk_rows.follow_all()  # days of this site are in it, which may lie in another time zone
        findings = _verified(accept)
    return Restored(manifest, is_migrated, findings)


def _refuse_filled() -> None:
    filled = filled_tables()
    if filled:
        raise BackupError(
            f"The database is not empty: {len(filled)} tables of the tracker have rows, such as "
            f"{filled[0]}. An empty one has no rows of ours and no accounts, as after "
            "manage.py migrate. --force replaces all of it by the backup."
        )


@contextmanager
def _opened(path: Path, identity: Path | None) -> Iterator[tuple[Path, Manifest, Path, Path]]:
    """(the backup decrypted, its manifest, its database as a file, a folder to work in)"""
    if not path.is_file():
        raise BackupError(f"{path} is no file.")
    with (
        told(),
        working(Path(tempfile.gettempdir())) as folder,
        plain(path, folder, identity) as tar,
    ):
        manifest, part = checked(tar, folder)
        refuse_others(manifest)
        yield tar, manifest, part, folder


@contextmanager
def _put_documents(tar: Path) -> Iterator[None]:
    """The documents are in the store from here on; after a failure those that were not, go."""
    new = []
    try:
        for sha256, file in documents(tar):
            if _put(sha256, file):
                new.append(sha256)
        yield
    except BaseException:
        for sha256 in new:
            document_store.remove(sha256)
        raise


def _put(sha256: str, file: IO[bytes]) -> bool:
    """Whether the document was not there before. A damaged one is replaced."""
    there = document_store.has(sha256)
    if document_store.content(sha256) is None:
        document_store.remove(sha256)
        document_store.put(file)
    return not there


def _compare(manifest: Manifest) -> None:
    wrong = differences(contents(ask, manifest.contents.rows), manifest.contents)
    if wrong:
        raise BackupError(f"What was loaded is not what was saved: {'; '.join(wrong[:_SHOWN])}.")


def _upgrade() -> None:
    """What an upgrade of the program does to a database that is older than it."""
    for command in ("migrate", "refold", "issue_editions"):
        call_command(command, verbosity=0, stdout=_Nowhere(), stderr=_Nowhere())


class _Nowhere:
    def write(self, text: str) -> None:
        pass


def _verified(accept: bool) -> list[str]:
    findings = [
        f"{name}: {finding}"
        for name, checks in verification.CHECKS.items()
        for finding in checks(lambda number: None)
    ]
    if findings and not accept:
        raise BackupError(
            f"manage.py verify finds {len(findings)} faults in what was loaded: "
            f"{' '.join(findings[:_SHOWN])} Nothing was changed. --accept-faults restores it so."
        )
    return findings
