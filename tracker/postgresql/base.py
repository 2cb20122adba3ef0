"""PostgreSQL that went silent: its host takes what is sent, and no answer comes.

A server that works ends a statement itself after its statement_timeout, and a host that is gone is
noticed by tcp_user_timeout. A process that hangs does neither: here its connection is given up.
"""

from types import SimpleNamespace
from typing import Any, Self

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import RV, PQGen

HEALTH_SECONDS = 10  # for the answer to nothing at all, as long as for a connection


class BoundedConnection(psycopg.Connection[Any]):
    """Waits for each answer at most `answer_seconds`."""

    answer_seconds: float

    @classmethod
    def connect(cls, *args: Any, **kwargs: Any) -> Self:
        """As of psycopg, with `answer_seconds` beside what that takes."""
        answer_seconds = kwargs.pop("answer_seconds")
        made = super().connect(*args, **kwargs)
        made.answer_seconds = answer_seconds
        return made

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """What `gen` returns. Raises OperationalError, with the connection closed, where no answer
        comes; where psycopg has a `timeout` of its own for it, that counts."""
        if timeout is not None or not hasattr(self, "answer_seconds"):
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answer_seconds)
        except psycopg.errors._WaitTimeout:
            self.pgconn.finish()
            message = f"no answer within {self.answer_seconds:g} seconds"
            raise psycopg.OperationalError(message) from None


class DatabaseWrapper(base.DatabaseWrapper):
    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": BoundedConnection.connect})

    def is_usable(self) -> bool:
        connection: Any = self.connection
        if connection is None:
            return False
        seconds = connection.answer_seconds
        connection.answer_seconds = min(seconds, HEALTH_SECONDS)
        try:
            return super().is_usable()
        finally:
            connection.answer_seconds = seconds
