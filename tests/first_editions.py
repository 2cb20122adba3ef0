"""The editions of what the factories wrote past the actions, before a test's client reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.signals import request_started
from django.db import connection
from django.utils import timezone

from initiatives.editions.index import index
from initiatives.editions.search import search
from initiatives.publication import issue_missing

# What leaves the rows as they are. To roll back to a savepoint does not.
_READING = ("SELECT", "SAVEPOINT", "RELEASE")
_MOMENT = timedelta(seconds=1)


@contextmanager
def issued_before_requests(*, sender: type | None) -> Iterator[None]:
    """Before each reading of a public page by way of `sender`, a class of handlers (None: any)."""
    writer = _FirstEditions()
    request_started.connect(writer.prepare, sender=sender)
    with connection.execute_wrapper(writer.note):
        yield
    request_started.disconnect(writer.prepare, sender=sender)


class _FirstEditions:
    """To look for missing editions takes as long as a page, so it is not done again while the
    test has written nothing and the clock has not been moved."""

    def __init__(self) -> None:
        self._is_written = True
        self._looked_at = timezone.now()

    def note(self, execute, sql, params, many, context):
        if not sql.startswith(_READING):
            self._is_written = True
        return execute(sql, params, many, context)

    def prepare(self, environ, **_signal) -> None:
        is_public = not environ["PATH_INFO"].startswith(("/admin/", "/static/"))
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_public:
            return
        counted, connection.force_debug_cursor = connection.force_debug_cursor, False
        try:
            if self._may_be_missing():
                issue_missing()
                self._is_written, self._looked_at = False, timezone.now()
            # As they are at all requests but the first one after a change.
            index.catch_up()
            search.catch_up()
        finally:
            connection.force_debug_cursor = counted

    def _may_be_missing(self) -> bool:
        # Outside of the test's own transaction others write too, by connections of their own.
        if self._is_written or not connection.in_atomic_block:
            return True
        return abs(timezone.now() - self._looked_at) > _MOMENT
