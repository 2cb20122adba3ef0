"""What all addresses of the API have in common."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from initiatives.editions.record import InitiativeRecord
from initiatives.exchange.json_file import CONTENT_TYPE, text
from initiatives.http import caching
from initiatives.http.problems import Problem, all_of, refuse
from initiatives.http.repeated import repeated, single_value
from initiatives.public.api import refusals
from initiatives.public.filtersets import unknown

EVERYWHERE = ("lang",)
_SINGLE = {"lang", "cursor", "page_size"}
VARY = "Accept, Accept-Language"


@method_decorator(csrf_exempt, name="dispatch")  # nothing is written, so nothing needs a token
class ApiView(View):
    """Subclasses write `told(**named)`, the object of the answer, and may say what it depends on.

    The language of words is that of the parameter `lang`, else of Accept-Language; never of a
    cookie, so that an address says the same to everybody.
    """

    http_method_names = ["get", "head", "options"]
    content_type = CONTENT_TYPE
    takes: tuple[str, ...] = ()  # the names of its parameters, beside `lang`
    record: InitiativeRecord | None = None  # that the answer is about, if it is about one

    def dispatch(self, request: HttpRequest, *args: Any, **named: str) -> HttpResponseBase:
        try:
            response = self._answered(request, *args, **named)
        except Problem as problem:
            response = refusals.answer(problem, request)
        response.headers["Vary"] = VARY
        return response

    def _answered(self, request: HttpRequest, *args: Any, **named: str) -> HttpResponseBase:
        _choose_language(request)
        if not request.accepts(self.content_type):
            message = _("This address answers with %(type)s only.")
            raise Problem(406, message % {"type": self.content_type})
        return super().dispatch(request, *args, **named)

    def get(self, request: HttpRequest, **named: str) -> HttpResponseBase:
        _known, make = all_of(self._refuse_unknown, lambda: self.prepare(**named))
        fresh = caching.freshness(request, record=self.record)
        return caching.answer(request, fresh, lambda: self._sent(make(fresh)))

    def prepare(self, **named: str) -> Callable[[Any], Any]:
        """Refuse what is wrong, and give the function that makes the object of the answer."""
        return lambda fresh: self.told(**named)

    def told(self, **named: str) -> Any:
        raise NotImplementedError

    def _refuse_unknown(self) -> None:
        names = (*self.takes, *EVERYWHERE)
        refuse(unknown(self.request, names) | repeated(self.request.GET, _SINGLE & {*names}))

    def _sent(self, told: dict[str, Any]) -> HttpResponse:
        return HttpResponse(text(told), self.content_type)


def _choose_language(request: HttpRequest) -> None:
    asked = single_value(request.GET, "lang")
    known = [code for code, _name in settings.LANGUAGES]
    if asked and asked not in known:
        message = _("“%(value)s” is not known here. Choose from the options.")
        raise refusals.wrong({"lang": [message % {"value": asked[:40]}]})
    request.LANGUAGE_CODE = asked or _accepted(request)
    translation.activate(request.LANGUAGE_CODE)


def _accepted(request: HttpRequest) -> str:
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag == "*":
            break
        try:
            return translation.get_supported_language_variant(tag)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
