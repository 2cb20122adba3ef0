"""Which errors mean that the database or the disk is away, and which are faults of ours."""

import errno
import sqlite3
from enum import Enum

import psycopg
from django.db import DatabaseError, InterfaceError, connections


class Loss(Enum):
    """What cannot be done for now. What cannot be read cannot be written either."""

    READING = "reading"
    WRITING = "writing"
    WAITING = "waiting"  # for this one answer alone: a statement took longer than it may


_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
_SQLITE = {
    sqlite3.SQLITE_CANTOPEN: Loss.READING,
    sqlite3.SQLITE_IOERR: Loss.READING,
    sqlite3.SQLITE_FULL: Loss.WRITING,
    sqlite3.SQLITE_READONLY: Loss.WRITING,
    # The lock was awaited for as long as DATABASE_URL says.
    sqlite3.SQLITE_BUSY: Loss.WRITING,
    sqlite3.SQLITE_IOERR_WRITE: Loss.WRITING,
    sqlite3.SQLITE_IOERR_FSYNC: Loss.WRITING,
    sqlite3.SQLITE_IOERR_TRUNCATE: Loss.WRITING,
}
_POSTGRESQL = {
    "53100": Loss.WRITING,  # the disk is full
    "25006": Loss.WRITING,  # a server that only reads, as a replica before it takes over
    "58030": Loss.READING,  # the disk fails
    "08": Loss.READING,  # the connection
    "53": Loss.READING,  # too many connections, out of memory
    "57P": Loss.READING,  # it is being stopped or started
    # Two that waited for each other, or for a lock for too long: the next try may be alone.
    **dict.fromkeys(("40P01", "40001", "55P03"), Loss.WAITING),
    "57014": Loss.WAITING,  # statement_timeout, or pg_cancel_backend of who looks after it
}


def loss_of(error: BaseException | None) -> Loss | None:
    """What `error` says of the database; None where it is a fault of ours."""
    if isinstance(error, OSError):
        return Loss.WRITING if error.errno in _DISK else None
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0)
        return _SQLITE.get(code) or _SQLITE.get(code & 0xFF)
    if isinstance(cause, psycopg.Error):
        return _of_postgresql(cause)
    return None


def _of_postgresql(error: psycopg.Error) -> Loss | None:
    state = error.sqlstate
    if state:
        return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:3]) or _POSTGRESQL.get(state[:2])
    # Without a word from the server: it did not answer, or what was asked was wrong.
    broken = any(
        one.connection is None or one.connection.closed
        for one in connections.all(initialized_only=True)
        if one.vendor == "postgresql"
    )
    return Loss.READING if broken else None
