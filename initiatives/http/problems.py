"""Refusals for machines: problem details as RFC 9457 has them."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from initiatives.exchange.json_file import text
from initiatives.http.caching import vary
from initiatives.translatable import Translatable

CONTENT_TYPE = "application/problem+json"
Errors = Mapping[str, Iterable[Translatable]]


class Problem(Exception):
    """A request that cannot be answered; `errors` maps a parameter to what is wrong with it, and
    after `retry_after` seconds the same request may be."""

    def __init__(
        self,
        status: int,
        detail: str,
        errors: Errors | None = None,
        *,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = HTTPStatus(status), str(detail), errors or {}
        self.retry_after = retry_after

    def response(self, request: HttpRequest) -> HttpResponse:
        told: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.errors:
            told["errors"] = {name: list(map(str, said)) for name, said in self.errors.items()}
        response = HttpResponse(text(told), CONTENT_TYPE, self.status.value)
        response.headers["Cache-Control"] = "no-cache"
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return vary(request, response)


def wrong(errors: Errors) -> Problem:
    """400 with all that is wrong, by parameter."""
    lines = [
        f"{name}: {message}" if name else str(message)
        for name, said in errors.items()
        for message in said
    ]
    return Problem(400, " ".join(lines), errors)


def refuse(errors: Errors) -> None:
    """Raise Problem (400) if there are errors, with all of them by parameter."""
    if errors:
        raise wrong(errors)


def all_of(*steps: Callable[..., Any]) -> list[Any]:
    """What each of the functions gives; or the Problem with all that is wrong in any of them."""
    given: list[Any] = []
    errors: dict[str, Iterable[Translatable]] = {}
    for step in steps:
        try:
            given.append(step())
        except Problem as problem:
            if not problem.errors and not errors:
                raise
            errors |= problem.errors
    refuse(errors)
    return given
