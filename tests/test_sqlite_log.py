"""A database of SQLite that nothing can be written to is read, but never without its log."""

import sqlite3
from contextlib import closing

import pytest
from django.db import OperationalError, connection

from tracker.sqlite.base import DatabaseWrapper, base

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a file"),
]


@pytest.fixture
def unwritable(monkeypatch):
    """As where the files beside a database cannot be made."""
    connect = base.DatabaseWrapper.connect

    def refused(self):
        if not self.is_unchanging:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise OperationalError(*error.args) from error
        connect(self)

    monkeypatch.setattr(base.DatabaseWrapper, "connect", refused)


def test_what_is_in_the_log_alone_is_never_passed_over(unwritable, tmp_path):
    path = str(tmp_path / "site.sqlite3")
    copy = DatabaseWrapper({**connection.settings_dict, "NAME": path}, "copy")
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE record (is_public)")
        writer.execute("INSERT INTO record VALUES (1)")
        writer.commit()
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.execute("UPDATE record SET is_public = 0")
        writer.commit()
        with pytest.raises(OperationalError):
            copy.connect()
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy.connect()
        assert copy.connection.execute("SELECT is_public FROM record").fetchall() == [(0,)]
        copy.close()
