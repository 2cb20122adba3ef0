"""The file that is read: a path, or what was sent with a form."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END, fspath
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from initiatives.imports.reading.table import Unreadable


class Origin:
    """A file that can be read from its start as often as needed."""

    def __init__(self, file: Any, name: str | None = None) -> None:
        self._file = file if hasattr(file, "read") else Path(fspath(file))
        self.name = name or str(getattr(file, "name", "") or file)
        with self.open() as stream:
            self.size = stream.seek(0, SEEK_END) or stream.tell()
            stream.seek(0)
            self.head = stream.read(4096)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes from the start; what was given open stays open."""
        if not isinstance(self._file, Path):
            self._file.seek(0)
            yield self._file
            return
        try:
            stream = self._file.open("rb")
        except OSError as error:
            raise Unreadable(_("The file cannot be opened: %s.") % error.strerror) from error
        with stream:
            yield stream

    def at_most(self, size: int) -> None:
        if self.size > size:
            raise Unreadable(
                _("The file has more than %d MiB. Divide it.") % (size // (1024 * 1024))
            )
