"""Problem details (RFC 9457) of the API: those of `http.problems` with place and parameters."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from initiatives.exchange.json_file import text
from initiatives.http.problems import CONTENT_TYPE, Problem, all_of, wrong

__all__ = ["all_of", "answer", "of_response", "wrong"]


def answer(problem: Problem, request: HttpRequest) -> HttpResponse:
    """`errors` says of each parameter what is wrong with it, `instance` which request it was."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.status.phrase,
        "status": problem.status.value,
        "detail": problem.detail,
        "instance": request.get_full_path(),
    }
    if problem.errors:
        told["errors"] = [
            {"parameter": name, "detail": str(said)}
            for name, messages in problem.errors.items()
            for said in messages
        ]
    response = HttpResponse(text(told), CONTENT_TYPE, problem.status.value)
    response.headers["Cache-Control"] = "no-cache"
    return response


def of_response(response: HttpResponseBase) -> Problem:
    """What a refusal that was made for people says, so that programs need to read one form only."""
    said, is_plain = "", response.get("Content-Type", "").startswith("text/plain")
    if is_plain and isinstance(response, HttpResponse):  # another one is sent piece by piece
        said = response.content.decode(errors="replace").strip()
    return Problem(response.status_code, said or _detail(response))


def _detail(response: HttpResponseBase) -> str:
    details = {
        404: _("There is nothing public at this address."),
        405: _("This address can be read only: %(methods)s.")
        % {"methods": response.get("Allow", "GET")},
        500: _("The answer could not be made. It has been recorded."),
    }
    return details.get(response.status_code) or HTTPStatus(response.status_code).description
