"""Where the documents of sources lie: each under its SHA-256, written once and never changed.

The store is Django's storage “documents” (settings), a folder or anything else that has a backend,
as S3. Nothing of a name that somebody gave a file becomes a part of its place.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

LARGEST = 20 * 1024 * 1024  # bytes
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PIECE = 64 * 1024


class WholeFiles(FileSystemStorage):
    """A folder in which a file is there as a whole or not at all, even if the machine stops while
    it is written. Readable by the account of the server alone."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        place = Path(self.path(name))
        _make_private(place.parent)
        handle, written = tempfile.mkstemp(dir=place.parent, prefix=".arriving-")  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                for piece in content.chunks(_PIECE):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            os.replace(written, place)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(written)
            raise
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: who has the same digest has the same content."""
        return name


def _make_private(folder: Path) -> None:
    """Make `folder` and what is missing above it, for the account of the server alone."""
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            with suppress(FileExistsError):  # somebody else stores a document, too
                one.mkdir(mode=0o700)


def is_digest(text: str) -> bool:
    """Whether `text` is a SHA-256 as it is written here: 64 hexadecimal digits."""
    return _DIGEST.fullmatch(text) is not None


def digest_of(file: IO[bytes]) -> str:
    """SHA-256 of the whole `file`, which is left at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def put(file: IO[bytes]) -> str:
    """Keep `file` unless it is kept already. Gives its SHA-256."""
    digest = digest_of(file)
    if size(digest) != _size_of(file):
        saved = store().save(_place(digest), File(file))
        if saved != _place(digest):  # a storage that gives other names: somebody else was faster
            store().delete(saved)
    return digest


def has(digest: str) -> bool:
    return is_digest(digest) and store().exists(_place(digest))


def size(digest: str) -> int | None:
    """Bytes of the file, None where there is none."""
    return store().size(_place(digest)) if has(digest) else None


def opened(digest: str) -> "File[bytes] | None":
    """The file, to be read and closed by the caller; None where there is none."""
    if not is_digest(digest):
        return None
    try:
        return store().open(_place(digest), "rb")
    except FileNotFoundError:
        return None


def content(digest: str) -> bytes | None:
    """The document; None where there is none, or where it is another one by now."""
    file = opened(digest)
    if file is None:
        return None
    with file:
        found: bytes = file.read(LARGEST + 1)
    return found if hashlib.sha256(found).hexdigest() == digest else None


def digests(folder: str = "") -> Iterator[str]:
    """The SHA-256 of all documents in the store, whoever names them."""
    try:
        folders, files = store().listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    yield from (name for name in sorted(files) if is_digest(name) and _place(name)[:5] == folder)
    for name in sorted(folders):
        yield from digests(f"{folder}/{name}".lstrip("/"))


def remove(digest: str) -> None:
    """Destroy the file for good."""
    if is_digest(digest):
        store().delete(_place(digest))


def store() -> Storage:
    return storages["documents"]


def _place(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _size_of(file: IO[bytes]) -> int:
    file.seek(0, os.SEEK_END)
    length = file.tell()
    file.seek(0)
    return length
