"""Refuses what no address or cookie of ours can carry, before it reaches a database."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, cast

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseNotAllowed, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

NUL = "\x00"
_READING = ("GET", "HEAD", "OPTIONS")


class _Overfull(Protocol):
    """A request of whose address nobody reads the parameters, because there are too many."""

    has_too_many_parameters: bool


class RefuseBrokenInput:
    """Answers 400 where PostgreSQL would refuse a NUL byte; marks too many parameters as such.

    The filtersets clean the parameters of the public lists and name the one that is wrong. A path
    and a cookie have no field beside which a message could stand, and the filters of the admin
    pass what they are given to the database.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reason = self._reason(request)
        if reason:
            return HttpResponseBadRequest(f"{reason}\n", "text/plain; charset=utf-8")
        return self.get_response(request)

    def _reason(self, request: HttpRequest) -> str:
        if NUL in request.path_info:
            return _("The address holds a NUL byte.")
        if any(NUL in name or NUL in value for name, value in request.COOKIES.items()):
            return _("A cookie holds a NUL byte.")
        try:
            parameters = request.GET.lists()
        except TooManyFieldsSent:
            if request.path_info.startswith(self._written):
                return _("The address has too many parameters.")
            # The public addresses say so themselves, as they do of an unknown parameter.
            cast(_Overfull, request).has_too_many_parameters = True  # which Django has not
            request.GET = QueryDict()
            return ""
        if request.path_info.startswith(self._admin) and _any_nul(parameters):
            return _("A parameter of the address holds a NUL byte.")
        return ""

    @cached_property
    def _admin(self) -> str:
        return reverse("admin:index")

    @cached_property
    def _written(self) -> tuple[str, ...]:
        return self._admin, reverse("set_language")


def _any_nul(parameters: Iterable[tuple[str, Iterable[str]]]) -> bool:
    return any(NUL in text for name, values in parameters for text in (name, *values))


class ReadOnlyForThePublic:
    """Answers 405 to everything but reading, outside the desk, the choice of a language and the
    pages that take what readers send."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        written = (reverse("admin:index"), reverse("set_language"))
        if request.method in _READING or request.path_info.startswith(written):
            return self.get_response(request)
        if request.method == "POST" and _is_sent_to(request):
            return self.get_response(request)
        return HttpResponseNotAllowed(_READING)


def _is_sent_to(request: HttpRequest) -> bool:
    with override(get_language_from_request(request, check_path=True)):
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return False
    return getattr(getattr(match.func, "view_class", None), "is_sent_to", False)
