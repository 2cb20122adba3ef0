"""Middleware that counts requests by the names of their views, of which there are so many."""

from collections.abc import Callable
from time import perf_counter

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

STATIC, NOWHERE = "static", "none"


class CountRequests:
    """Not there without METRICS_TOKEN."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        from tracker.metrics.counts import DURATIONS, REQUESTS

        self.get_response, self._requests, self._durations = get_response, REQUESTS, DURATIONS

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = perf_counter()
        response = self.get_response(request)
        view = view_of(request, response)
        self._requests.labels(view, response.status_code).inc()
        self._durations.labels(view).observe(perf_counter() - begun)
        return response


def view_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """The name of the view, never an address: anybody can invent addresses without end."""
    if match := request.resolver_match:
        return match.view_name
    if kept_for := getattr(response, "kept_for", ""):
        return str(kept_for)
    found = response.status_code < 400 and request.path_info.startswith(settings.STATIC_URL)
    return STATIC if found else NOWHERE
