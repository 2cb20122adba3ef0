"""Nobody waits again and again for a database that does not answer."""

from collections.abc import Callable

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property

from tracker.away.answers import away, reading, writing
from tracker.away.loss import Loss
from tracker.replica import reads_from_primary


class Away:
    """While the database was last away, one request every few seconds asks whether it is back, and
    the others are told at once. Who reads from a replica is let through.

    Stands in front of all that asks the database, and behind what chooses the replica.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if reading.lasts and not self._may_pass(request):
            return away(request, Loss.READING)
        response = self.get_response(request)
        if writing.lasts and self._has_saved(request, response):
            writing.end()
        return response

    def _may_pass(self, request: HttpRequest) -> bool:
        if not reads_from_primary() or request.path_info.startswith(self._without):
            return True
        return reading.may_ask() and _answers()

    def _has_saved(self, request: HttpRequest, response: HttpResponseBase) -> bool:
        """What the desk took leads on; forms that are refused do not."""
        return (
            request.method == "POST"
            and response.status_code == 302
            and request.path_info.startswith(reverse("admin:index"))
        )

    @cached_property
    def _without(self) -> tuple[str, ...]:
        """What has a bound of its own for how long it waits, or asks nothing."""
        return tuple(map(reverse, ("healthz", "readyz", "metrics")))


def _answers() -> bool:
    """Whether the primary can be read again. What is broken was closed when the request began; and
    it is read, since a file that can be opened proves nothing."""
    primary = connections[DEFAULT_DB_ALIAS]
    try:
        with primary.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")
            cursor.fetchone()
    except Error as error:
        primary.close()
        reading.begin(error)
        return False
    reading.end()
    return True
