"""Headers of every answer."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

from initiatives.demonstration import is_demonstration

# Of a card that anybody may show in a frame: it runs nothing and sends nothing.
FRAMED = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors *"
)


class SecurityHeaders:
    """Headers that Django has no setting for.

    Other sites may link to us and read our data by CORS, but not embed our pages and files, save
    the cards that are made for it (`public.pages.embed`); and no page of ours needs the camera, the
    microphone or the place of the reader.
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
        if self._framed.fullmatch(request.path_info):
            _let_frame(response)
        return response

    @cached_property
    def _framed(self) -> re.Pattern[str]:
        languages = "|".join(code for code, _name in settings.LANGUAGES)
        return re.compile(rf"/(?:{languages})/embed/initiatives/(?:[^/]+/)?")


def _let_frame(response: HttpResponseBase) -> None:
    """By the address, so that also a 304 and a refusal have the policy of the card: a browser puts
    the headers of a 304 in place of those that it kept."""
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers.pop("X-Frame-Options", None)
