"""What was typed survives a lost login and an outdated token: it comes back, ready to send again.

Django would send a visitor to the login page and drop the form that they posted, and signing in
changes the token that every open form carries. Both answers here hand the fields back.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.csrf import csrf_failure as refuse

from initiatives.desk.admin.sign_in.sent_again import files_in, send_again, typed_in

# Pages of the desk whose forms are not handed back: what they are sent is a secret or nothing.
LEFT_ALONE = (
    *("login", "logout", "password_change", "set_password", "second_step"),
    *("own_sign_in", "own_app", "own_app_removal", "own_codes", "auth_user_second_step"),
    *("passkey_sign_in", "own_passkey", "own_passkey_removal", "own_passkey_question"),
)


class KeepTyped:
    """Middleware: answers a form that a signed-out visitor posts to the desk with its fields.

    It stands behind the check of the token, so what it hands back was typed on a page of ours.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        args: tuple[()],
        kwargs: dict[str, str],
    ) -> TemplateResponse | None:
        if _is_for_desk(request) and request.user.is_anonymous and files_in(request) is not None:
            return send_again(request) if typed_in(request) else None
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """CSRF_FAILURE_VIEW: hands the fields back if the form came from a page of ours."""
    if _is_for_desk(request) and _is_from_here(request) and files_in(request) is not None:
        return send_again(request)
    return refuse(request, reason)


def _is_for_desk(request: HttpRequest) -> bool:
    """Whether it is a form of the desk that Django would not take without a login."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and request.path_info.startswith(reverse("admin:index"))
        and match.url_name not in LEFT_ALONE
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent it; silence is no proof."""
    here = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    return origin == here if origin is not None else _origin_of_referer(request) == here


def _origin_of_referer(request: HttpRequest) -> str:
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # brackets that are no IPv6
        return ""
    return f"{parts.scheme}://{parts.netloc}"
