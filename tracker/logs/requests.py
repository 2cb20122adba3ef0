"""The outermost middleware: the number of a request, its line, and what officers were refused."""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tracker.logs import request_ids
from tracker.logs.cleaning import GONE

# Parts of an address that say what is public, or what is looked at, and never who may look at it.
# What has another name may let somebody in, and is not written.
_TOLD = frozenset(
    "code number iso2 slug first second sha256 key object_id change_id app_label step role".split()
)
_access = logging.getLogger("tracker.access")
_audit = logging.getLogger("tracker.audit")


class Requests:
    """Gives each request its number (X-Request-ID), and writes its line to `tracker.access`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = perf_counter()
        number = request_ids.number_of(request.META, settings.PROXIES)
        request_ids.begin(number)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        if response.status_code == 403:
            _tell_refusal(request)
        if _access.isEnabledFor(logging.INFO):
            _tell(request, response, perf_counter() - begun)
        if not response.streaming:  # what is made while it is sent belongs to the request still
            request_ids.begin(request_ids.NONE)
        return response


def _tell(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    told = {
        "method": request.method or "",
        "path": path_of(request),
        "status": response.status_code,
        "milliseconds": round(seconds * 1_000, 1),
        "account": account_of(request),
    }
    text = "%(method)s %(path)s %(status)s in %(milliseconds)s ms, account %(account)s"
    _access.info(text, told, extra=told)


def _tell_refusal(request: HttpRequest) -> None:
    """An officer who asks for more than their rights is told of by their account."""
    if account := account_of(request):
        told = {"event": "refused", "account": account, "path": path_of(request)}
        _audit.warning("refused: account %(account)s at %(path)s", told, extra=told)


def path_of(request: HttpRequest) -> str:
    """The path without its query string and without what is secret in it."""
    path = request.path
    match = request.resolver_match
    for name, value in match.kwargs.items() if match else ():
        if name not in _TOLD and isinstance(value, str) and value:
            path = path.replace(value, GONE)
    return path


def account_of(request: HttpRequest) -> str | None:
    """The key of who is signed in, where the session was read; nothing is asked for it."""
    session = getattr(request, "session", None)
    read = vars(session).get("_session_cache") if session is not None else None
    return (read or {}).get(SESSION_KEY)
