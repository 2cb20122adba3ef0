"""Public reading goes to a replica of PostgreSQL, where DATABASE_REPLICA_URL names one.

Whoever is not signed in and only reads needs no more than the register up to some position, and a
replica that lags behind has an older one that is whole. A request reads from one database alone.
The desk, commands and every write keep to the primary, and while the replica is away everybody.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from select import select
from typing import Any, cast

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.outages import Outage

ALIAS = "replica"
ANSWER_SECONDS = 1  # of a connection that was kept, before a request relies on it
# Who may do what is asked where it is written, also in a request that reads elsewhere.
_PRIMARY_ALONE = ("admin", "auth", "axes", "otp_totp", "sessions")
_READING = ("GET", "HEAD")
# The database that the request of this thread reads from.
_reads_from = ContextVar("reads_from", default=DEFAULT_DB_ALIAS)
_outage = Outage("The replica of DATABASE_REPLICA_URL", "Everybody reads from the primary")


class ReplicaRouter:
    """The public tables are read where the request reads; inside a transaction of the primary that
    is the primary. Nothing is ever written or migrated on the replica."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        alias = _reads_from.get()
        if alias == DEFAULT_DB_ALIAS or model._meta.app_label in _PRIMARY_ALONE:
            return DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else alias

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # they are the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == ALIAS else None


class ReadFromReplica:
    """Lets the requests of the public read from the replica, and from the primary while it is away.

    Where the replica fails in the middle of an answer, the answer is made once more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not self._is_public_reading(request) or not _answers():
            return self.get_response(request)
        with reading_from(ALIAS):
            response = self.get_response(request)
            if _reads_from.get() == ALIAS:
                _outage.end()
                if isinstance(response, StreamingHttpResponse):
                    parts = cast(
                        Iterable[bytes], response.streaming_content
                    )  # none of ours is async
                    response.streaming_content = _reading(parts)
            return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if _reads_from.get() != ALIAS or not isinstance(exception, Error):
            return None
        if _took_too_long(exception):  # so it would on the primary
            return None
        _reads_from.set(DEFAULT_DB_ALIAS)
        found = request.resolver_match
        assert found is not None  # a view has failed
        try:
            response = found.func(request, *found.args, **found.kwargs)
            if hasattr(response, "render"):
                response.render()
        finally:
            # It may answer, but not to what is asked, as when it was not migrated yet.
            _outage.begin(exception)
            connections[ALIAS].close()
        return response

    def _is_public_reading(self, request: HttpRequest) -> bool:
        return (
            request.method in _READING
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path_info.startswith(self._elsewhere)
        )

    @cached_property
    def _elsewhere(self) -> tuple[str, ...]:
        """The desk, and what tells how this process and the primary are."""
        return tuple(map(reverse, ("admin:index", "healthz", "readyz", "metrics")))


def _took_too_long(exception: Error) -> bool:
    """Not so what a replica ends because the primary removed rows that it still showed (40001)."""
    cause = exception.__cause__
    return isinstance(cause, psycopg.errors.QueryCanceled)


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """What this thread reads inside comes from the database `alias`."""
    before = _reads_from.set(alias)
    try:
        yield
    finally:
        _reads_from.reset(before)


def reads_from_primary() -> bool:
    """Whether the request of this thread does."""
    return _reads_from.get() == DEFAULT_DB_ALIAS


def _reading(parts: Iterable[bytes]) -> Iterator[bytes]:
    """What is made while it is sent reads from the replica as well."""
    parts = iter(parts)
    while True:
        with reading_from(ALIAS):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _answers() -> bool:
    if not _outage.may_ask():
        return False
    replica = connections[ALIAS]
    try:
        if replica.connection is not None and not _is_alive(replica.connection.pgconn):
            replica.close()
        replica.ensure_connection()
    except (Error, OSError) as error:
        replica.close()
        _outage.begin(error)
        return False
    return True


def _is_alive(connection: Any) -> bool:
    """Whether a connection that was kept can be used, as Django asks it of its own; but one that
    is silent is an error and not awaited."""
    try:
        connection.send_query(b"SELECT 1")
        connection.flush()
        while connection.is_busy():
            if not select([connection.socket], [], [], ANSWER_SECONDS)[0]:
                raise OperationalError(f"no answer within {ANSWER_SECONDS} s")
            connection.consume_input()
        found = [result.status for result in iter(connection.get_result, None)]
    except psycopg.Error:
        return False
    return found == [psycopg.pq.ExecStatus.TUPLES_OK]
