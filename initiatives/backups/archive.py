"""The file of a backup: a tar without compression, in which any tar finds its way.

First the database, then documents under their SHA-256, at last the manifest and its SHA-256, as
`sha256sum --check` reads it. A file that was cut off has no manifest.
"""

import hashlib
import io
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from io import BufferedIOBase
from pathlib import Path
from types import TracebackType
from typing import IO, cast

from initiatives.backups import manifest as manifests
from initiatives.backups.errors import UnreadableBackup
from initiatives.backups.manifest import BackupPart, Manifest

_MANIFEST, _SUM = "manifest.json", "manifest.json.sha256"
_LARGEST_MANIFEST = 512 * 1024 * 1024  # bytes; a million documents have one of 150 MB
_DOCUMENTS = "documents/"
_DAMAGED = (tarfile.TarError, ValueError)  # what tarfile says of headers that make no sense


class Writer:
    """Writes to `sink` from front to end, which `end` completes; `parts` are those in it."""

    def __init__(self, sink: IO[bytes], made_at: datetime) -> None:
        self._tar = tarfile.TarFile.open(fileobj=sink, mode="w|")
        self._mtime = int(made_at.timestamp())
        self.parts: dict[str, BackupPart] = {}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):  # where it was broken off, what is still to write is of no use
            self._tar.fileobj.close()

    def add_database(self, path: Path) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            self._add(path.name, file, size)
        self.parts[path.name] = BackupPart(digest, size)

    def add_document(self, sha256: str, content: bytes) -> None:
        self._add(_DOCUMENTS + sha256, io.BytesIO(content), len(content))
        self.parts[_DOCUMENTS + sha256] = BackupPart(sha256, len(content))

    def end(self, manifest: Manifest) -> None:
        text = manifests.encoded(manifest)
        for name, content in ((_MANIFEST, text), (_SUM, _sum_of(text))):
            self._add(name, io.BytesIO(content), len(content))
        self._tar.close()

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, self._mtime
        self._tar.addfile(entry, file)


def is_archive(path: Path) -> bool:
    """Whether `path` begins as a backup does."""
    try:
        with tarfile.open(path, "r:") as tar:
            first = tar.next()
    except (*_DAMAGED, OSError):
        return False
    name = first.name if first is not None else ""
    return name.startswith("database.") and manifests.is_name(name)


def checked(path: Path, folder: Path) -> tuple[Manifest, Path]:
    """(what the backup says of itself, its database as a file in `folder`), after every part was
    compared with its checksum. Raises Unreadable."""
    try:
        with tarfile.open(path, "r:") as tar:
            parts, own = _read(tar, folder)
    except _DAMAGED as error:
        raise UnreadableBackup(f"It is no backup, or damaged: {error}.") from error
    manifest = _manifest(own)
    _compare(parts, manifest.parts)
    database = [name for name in parts if not name.startswith(_DOCUMENTS)]
    if len(database) != 1:
        raise UnreadableBackup("It has no database in it, or several.")
    return manifest, folder / database[0]


def documents(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """(SHA-256, content) of each document of a backup that was checked."""
    with tarfile.open(path, "r:") as tar:
        for entry in tar:
            file = tar.extractfile(entry)
            if file is not None and entry.name.startswith(_DOCUMENTS):
                yield entry.name.removeprefix(_DOCUMENTS), file


def _read(tar: tarfile.TarFile, folder: Path) -> tuple[dict[str, BackupPart], dict[str, bytes]]:
    """(the parts with their true checksums, what stands in the manifest and its SHA-256)"""
    parts: dict[str, BackupPart] = {}
    own: dict[str, bytes] = {}
    for entry in tar:
        content = tar.extractfile(entry) if entry.isreg() else None
        file = cast(BufferedIOBase | None, content)
        if file is None or entry.name in parts:
            raise UnreadableBackup(
                f"It is no backup: {entry.name[:80]!r} does not belong into one."
            )
        if entry.name in (_MANIFEST, _SUM):
            own[entry.name] = file.read(_LARGEST_MANIFEST)
        elif manifests.is_name(entry.name):
            parts[entry.name] = BackupPart(_digest(entry.name, file, folder), entry.size)
        else:
            raise UnreadableBackup(
                f"It is no backup: {entry.name[:80]!r} does not belong into one."
            )
    return parts, own


def _digest(name: str, file: BufferedIOBase, folder: Path) -> str:
    if name.startswith(_DOCUMENTS):
        return hashlib.file_digest(file, "sha256").hexdigest()
    with (folder / name).open("w+b") as kept:
        shutil.copyfileobj(file, kept, 1024 * 1024)
        kept.seek(0)
        return hashlib.file_digest(kept, "sha256").hexdigest()


def _manifest(own: dict[str, bytes]) -> Manifest:
    if _MANIFEST not in own or _SUM not in own:
        raise UnreadableBackup("It has no manifest: it was cut off, or it is no backup.")
    if own[_SUM] != _sum_of(own[_MANIFEST]):
        raise UnreadableBackup("It is damaged: the manifest is not the one that was written.")
    return manifests.decoded(own[_MANIFEST])


def _sum_of(manifest: bytes) -> bytes:
    return f"{hashlib.sha256(manifest).hexdigest()}  {_MANIFEST}\n".encode()


def _compare(there: dict[str, BackupPart], said: dict[str, BackupPart]) -> None:
    wrong = [name for name in sorted({*there, *said}) if there.get(name) != said.get(name)]
    if wrong:
        raise UnreadableBackup(
            f"It is damaged: {len(wrong)} of its {len(said)} parts are not what was written "
            f"({', '.join(wrong[:3])}). Take another backup."
        )
