"""Refusals for machines: problem details as RFC 9457 has them."""

from http import HTTPStatus

from django.http import HttpResponse

from initiatives.answers.caching import vary
from initiatives.exchange.json_file import text

CONTENT_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that cannot be answered; `errors` maps a parameter to what is wrong with it."""

    def __init__(self, status: int, detail: str, errors: dict | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = HTTPStatus(status), str(detail), errors or {}

    def response(self, request) -> HttpResponse:
        told = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.errors:
            told["errors"] = {name: list(map(str, said)) for name, said in self.errors.items()}
        response = HttpResponse(text(told), CONTENT_TYPE, self.status.value)
        response.headers["Cache-Control"] = "no-cache"
        return vary(request, response)
