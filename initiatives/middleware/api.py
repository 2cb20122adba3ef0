"""What every request of the API passes, whatever becomes of it further in."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from initiatives.http.clients import client_of
from initiatives.http.problems import CONTENT_TYPE, Problem
from initiatives.http.throttle import COUNTS, Verdict
from initiatives.public.api import refusals

METHODS = "GET, HEAD, OPTIONS"
_DAY = 86_400
# Any page may ask for public data from the browser of its reader, without cookies.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, ETag, RateLimit, RateLimit-Policy, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Cache-Control, If-Modified-Since, If-None-Match"
    ),
    "Access-Control-Max-Age": str(_DAY),
    "Vary": "Access-Control-Request-Headers, Access-Control-Request-Method",
}


class ApiMiddleware:
    """Middleware of the addresses below /api/v1/: counts clients, opens them to other sites, and
    gives every refusal the form of problem details.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(self._root):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return _with(HttpResponse(status=204), _PREFLIGHT | _OPEN)
        return _with(self._counted(request), _OPEN)

    def _counted(self, request: HttpRequest) -> HttpResponseBase:
        if settings.API_RATE is None:
            return self._as_problem(request, self.get_response(request))
        number, seconds = settings.API_RATE
        client = client_of(request.META, settings.PROXIES)
        verdict = COUNTS.ask(client, number, seconds, time.time())
        if verdict.allowed:
            response = self._as_problem(request, self.get_response(request))
        else:
            response = _with(_too_many(request), {"Retry-After": str(verdict.reset)})
        return _with(response, _rate(number, seconds, verdict))

    def _as_problem(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code < 400 or response.get("Content-Type") == CONTENT_TYPE:
            return response
        made = refusals.answer(refusals.of_response(response), request)
        kept = ("Allow", "Retry-After", "Content-Language", "Vary")
        return _with(made, {name: response[name] for name in kept if name in response})

    @cached_property
    def _root(self) -> str:
        return reverse("api:root")


def _too_many(request: HttpRequest) -> HttpResponse:
    return refusals.answer(Problem(429, _("Too many requests. Wait a moment.")), request)


def _rate(number: int, seconds: int, verdict: Verdict) -> dict[str, str]:
    """As the draft “RateLimit header fields for HTTP” of the IETF has them."""
    return {
        "RateLimit-Policy": f'"default";q={number};w={seconds}',
        "RateLimit": f'"default";r={verdict.remaining};t={verdict.reset}',
    }


def _with(
    response: HttpResponseBase,
    headers: dict[str, str],
) -> HttpResponseBase:
    for name, value in headers.items():
        response.headers[name] = value
    return response
