"""SQLite that is read on a disk which is full or read-only.

In its mode WAL SQLite writes two files beside the database even to read it. Where a process has
them open, readers go on; where none has, as after a start, the database is opened as a file that
does not change, which is true as long as nothing can be written. What stands in its log alone is
not seen then, so where there is one it is not opened: what was withdrawn last would be public.
"""

import os
import sqlite3
import time
from typing import Any
from urllib.parse import quote

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_CANNOT_WRITE = (
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
)


class DatabaseWrapper(base.DatabaseWrapper):
    is_unchanging = False

    def connect(self) -> None:
        """Connect; where nothing can be written, for one request alone, since that may end."""
        self.is_unchanging = False
        try:
            super().connect()
        except (OperationalError, sqlite3.OperationalError) as error:
            if _code(error) & 0xFF not in _CANNOT_WRITE:
                raise
            self._connect_unchanging(error)
        if self.is_unchanging or not os.access(self.settings_dict["NAME"], os.W_OK):
            self.close_at = time.monotonic()

    def _connect_unchanging(self, error: Exception) -> None:
        self.close()
        if self._has_log():
            raise error
        self.is_unchanging = True
        try:
            super().connect()
        except (OperationalError, sqlite3.OperationalError):
            self.close()
            raise error from error.__cause__

    def _has_log(self) -> bool:
        try:
            return os.path.getsize(f"{self.settings_dict['NAME']}-wal") > 0
        except OSError:
            return False

    def is_usable(self) -> bool:
        """After an error it is opened anew, for it may have been opened to be read alone."""
        return not self.errors_occurred

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if self.is_unchanging:
            params["database"] = f"file:{quote(str(params['database']))}?immutable=1"
            self.init_commands: list[str] = []  # they would write
        return params


def _code(error: Exception) -> int:
    """Of SQLite; Django wraps some of its errors before this, and others behind."""
    raw = error if isinstance(error, sqlite3.Error) else error.__cause__
    return int(getattr(raw, "sqlite_errorcode", 0))
