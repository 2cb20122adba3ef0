"""What was typed survives a lost login and an outdated token: it comes back, ready to send again.

Django would send a visitor to the login page and drop the form that they posted, and signing in
changes the token that every open form carries. Both answers here hand the fields back.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.csrf import csrf_failure as refuse

# Pages of the desk that are left to Django: what they are sent is a password or nothing.
LEFT_ALONE = ("login", "logout", "password_change", "set_password")


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
        if _is_for_desk(request) and request.user.is_anonymous and _files(request) is not None:
            return send_again(request) if typed_in(request) else None
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """CSRF_FAILURE_VIEW: hands the fields back if the form came from a page of ours."""
    if _is_for_desk(request) and _is_from_here(request) and _files(request) is not None:
        return send_again(request)
    return refuse(request, reason)


def send_again(request: HttpRequest) -> TemplateResponse:
    """The page that carries what was posted and sends it to the same address once more."""
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,  # a link beside the form would lead away from it
        "typed": typed_in(request),
        "files": _files(request),
        "target": request.get_full_path(),
    }
    headers = {"Cache-Control": "no-store"}
    return TemplateResponse(
        request, "admin/desk/send_again.html", context, status=403, headers=headers
    )


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The posted fields as (name, value), without the token and without any password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
        for value in values
    ]


def _is_for_desk(request: HttpRequest) -> bool:
    """Whether it is a form of the desk that Django would not take without a login."""
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and request.path_info.startswith(reverse("admin:index"))
        and match.url_name not in LEFT_ALONE
    )


def _files(request: HttpRequest) -> list[str] | None:
    """The names of what a page cannot hand back; None where the visitor went away while sending."""
    try:
        return [file.name or "" for _name, files in request.FILES.lists() for file in files]
    except UnreadablePostError:
        return None


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
