"""503 in the form and the language of who asks, made without the database."""

import logging
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views import defaults

from initiatives.http.problems import Problem
from initiatives.public.api import refusals
from tracker.away.loss import Loss, loss_of
from tracker.logs.requests import path_of
from tracker.outages import Outage

_log = logging.getLogger(__name__)
AGAIN_SECONDS = 30  # when to come back
_MACHINES = {"api", "formats", "follow"}  # names of their addresses
reading = Outage("The database", "Who asks for records is told to come back", level=logging.ERROR)
writing = Outage(
    "The database",
    "What is public is shown, and nothing is saved",
    level=logging.ERROR,
    to="written to",
)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: 503 where the database or the disk is away, else the page of faults."""
    error = sys.exc_info()[1]
    loss = loss_of(error)
    if not isinstance(error, Exception) or loss is None:
        return defaults.server_error(request)
    _tell(request, error, loss)
    return away(request, loss)


def _tell(request: HttpRequest, error: Exception, loss: Loss) -> None:
    if loss is Loss.WAITING:  # others go on, so each is told, with its address
        reason = " ".join(str(error).split())
        _log.error("No answer to %s %s: %s.", request.method, path_of(request), reason)
    else:
        (reading if loss is Loss.READING else writing).begin(error)


def away(request: HttpRequest, loss: Loss) -> HttpResponse:
    """The answer, which nobody keeps."""
    request.is_told_away = True  # type: ignore[attr-defined]  # for the log, see `told`
    language = get_language_from_request(request, check_path=True)
    with override(language):
        response = _problem(request, loss) if _is_machine(request) else _page(loss)
    response.headers["Retry-After"] = str(AGAIN_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = language
    return response


def _page(loss: Loss) -> HttpResponse:
    context = {"is_shown": loss is Loss.WRITING, "is_slow": loss is Loss.WAITING}
    return HttpResponse(render_to_string("503.html", context).lstrip(), status=503)


def _problem(request: HttpRequest, loss: Loss) -> HttpResponse:
    told = {
        Loss.READING: _("The records cannot be read at the moment. Try again later."),
        Loss.WRITING: _("Nothing can be saved at the moment. Try again later."),
        Loss.WAITING: _("The answer took too long and was given up. Try again later."),
    }
    problem = Problem(503, told[loss])
    if _is_api(request):
        return refusals.answer(problem, request)
    return problem.response(request)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(reverse("api:root"))


def _is_machine(request: HttpRequest) -> bool:
    if _is_api(request):
        return True
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return False
    return bool(set(match.app_names) & _MACHINES)
