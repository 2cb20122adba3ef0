"""Headers of every answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from initiatives.demonstration import is_demonstration


class SecurityHeaders:
    """Headers that Django has no setting for.

    Other sites may link to us and read our data by CORS, but not embed our pages and files, and
    no page of ours needs the camera, the microphone or the place of the reader.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # What says nothing of its own may be kept, but is asked for again before it is shown.
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        )
        if is_demonstration():  # files and feeds have no place for the mark that pages bear
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
