"""The language in which an officer enters texts; the other three are folded beside it.

It is chosen with the form, so that nothing typed is lost, and kept in a cookie of the officer.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.choices import Language

OWN_NAMES = dict(settings.LANGUAGES)
BUTTON = "_language"
ALL = "all"  # the four of them open, side by side
_KEPT_FOR = 365 * 24 * 60 * 60  # seconds


def _cookie(request: HttpRequest) -> str:
    """With `__Host-` where it is Secure: no other name of the domain can set it then."""
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}desk_language_{request.user.pk}"


def chosen_now(request: HttpRequest) -> str:
    """What the officer just chose with a button of the form; empty if they chose nothing."""
    choice = request.POST.get(BUTTON, "")
    return choice if choice in (*Language.values, ALL) else ""


def _choice(request: HttpRequest) -> str:
    return chosen_now(request) or request.COOKIES.get(_cookie(request), "")


def working_language(request: HttpRequest) -> str:
    """The language whose texts are open: the chosen one, else that of the page."""
    choice = _choice(request)
    if choice in Language.values:
        return choice
    shown = (get_language() or "").split("-")[0]
    return shown if shown in Language.values else Language.ENGLISH


def are_side_by_side(request: HttpRequest) -> bool:
    """Whether the other languages are open too."""
    return _choice(request) == ALL


def choices(request: HttpRequest) -> list[dict]:
    """The languages by their own names, and which of them is open."""
    working = working_language(request)
    return [
        {"code": code, "name": name, "is_chosen": code == working}
        for code, name in OWN_NAMES.items()
    ]


def not_saved_yet() -> ValidationError:
    """Why a form that was sent to choose a language comes back as it was typed."""
    return ValidationError(
        _("The texts are shown as you chose. Nothing is saved yet: save when you are done."),
        code="language",
    )


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Let the browser keep what was chosen, for this officer only."""
    response.set_cookie(
        _cookie(request),
        chosen_now(request),
        max_age=_KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
