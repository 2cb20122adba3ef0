"""Whole public answers are kept in Django's cache “answers”, and given again as long as they hold.

An answer is a function of its address, of what the reader says about language and format, and of
the state that `http.caching` tells. So none is ever stale: the state is asked for each time.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeGuard, cast

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language_from_path

from initiatives.http import caching

CACHE = "answers"
LARGEST = 300_000  # bytes of an answer; files of everything are streamed and never kept
_READING = ("GET", "HEAD")


class _OfView(Protocol):
    """A response that says which view made it, for the numbers."""

    kept_for: str


class ResponseCache:
    """Middleware in front of all that an answer which was kept does without: sessions, the choice
    of a language, addresses and views.

    Whoever is signed in gets an answer of their own, though today it is the same.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in _READING or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        try:
            key = _key(request)
        except DisallowedHost:  # told further in, in the reader's language
            return self.get_response(request)
        return _kept(request, key) or self._made(request, key)

    def _made(self, request: HttpRequest, key: str) -> HttpResponseBase:
        response = self.get_response(request)
        state = getattr(response, "public_state", None)
        if state and request.method == "GET" and _may_be_kept(response):
            match = request.resolver_match
            view = match.view_name if match else ""
            # Of a 304 there is no text, but who has it already is told so without a view again.
            content = response.content if response.status_code == 200 else None
            held = (state.mark, content, dict(response.headers), view)
            caches[CACHE].set(key, held)
        return response


def _key(request: HttpRequest) -> str:
    """The language of an address with a prefix is in it; others take it from what the reader
    accepts or has chosen, and the API refuses who does not accept its format."""
    terms = [request.build_absolute_uri()]
    if not get_language_from_path(request.path_info):
        headers = (request.headers.get(name, "") for name in ("Accept", "Accept-Language"))
        terms += [*headers, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")]
    return caching.digest(*terms)


def _kept(request: HttpRequest, key: str) -> HttpResponse | None:
    found = caches[CACHE].get(key)
    if not found or found[0] != _mark():
        return None
    _, content, headers, view = found
    response = HttpResponse(content or b"", headers=headers)
    changed = parse_http_date_safe(response.headers["Last-Modified"])
    told = get_conditional_response(request, response.headers["ETag"], changed, response)
    answer = cast(HttpResponse, told)  # None is only for who gives no response
    if content is None and answer.status_code != 304:
        return None
    cast(_OfView, answer).kept_for = view  # an attribute that Django has not
    return answer


def _mark() -> str | None:
    """None while the database does not tell it: whoever makes the answer knows what to do then."""
    try:
        return caching.state().mark
    except Error:
        return None


def _may_be_kept(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    return (
        isinstance(response, HttpResponse)  # which is not sent piece by piece
        and response.status_code in (200, 304)
        and not response.cookies
        and len(response.content) <= LARGEST
    )
