"""What follows from rows that the factories wrote past the actions, before a test reads it: their
editions, and what the desk asks of all records."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.signals import request_started
from django.db import connection
from django.utils import timezone

from initiatives.editions.index import index
from initiatives.editions.search import search
from initiatives.publication import desk_rows, issue_missing
from initiatives.publication.transactions import is_publishing

# What leaves the rows as they are. To roll back to a savepoint does not.
_READING = ("SELECT", "SAVEPOINT", "RELEASE")
# Tables of which a query asks what follows from the records for the desk.
_OF_THE_DESK = tuple(f"initiatives_desk{name}" for name in ("row", "term", "document", "_search"))
_MOMENT = timedelta(seconds=1)


@contextmanager
def issued_before_requests(*, sender: type | None) -> Iterator[None]:
    """Before each reading of a public page by way of `sender`, a class of handlers (None: any), and
    before each query about the rows of the desk."""
    writer = _FirstEditions()
    request_started.connect(writer.prepare, sender=sender)
    with connection.execute_wrapper(writer.note):
        yield
    request_started.disconnect(writer.prepare, sender=sender)


class _FirstEditions:
    """To look for missing editions takes as long as a page, so it is not done again while the
    test has written nothing and the clock has not been moved."""

    def __init__(self) -> None:
        self._is_written = self._is_written_for_desk = True
        self._is_following = False
        self._looked_at = timezone.now()

    def note(self, execute, sql, params, many, context):
        if not sql.startswith(_READING):
            self._is_written = self._is_written_for_desk = True
        elif any(table in sql for table in _OF_THE_DESK):
            self._follow()
        return execute(sql, params, many, context)

    def _follow(self) -> None:
        """Not in the middle of an action, which sees to its own records."""
        if self._is_following or is_publishing() or not self._is_written_for_desk:
            return
        counted, connection.force_debug_cursor = connection.force_debug_cursor, False
        self._is_following = True
        try:
            desk_rows.follow_all()
            self._is_written_for_desk = False
        finally:
            self._is_following, connection.force_debug_cursor = False, counted

    def prepare(self, environ, **_signal) -> None:
        if environ["PATH_INFO"].startswith("/admin/"):
            self._follow()
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
