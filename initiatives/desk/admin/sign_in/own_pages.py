"""What the pages of one's own sign-in have in common."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives.actions.accounts import officers
from initiatives.desk.admin.sign_in.second_step import MISSING

SETTING_UP = "app_that_is_set_up"  # in the session, so that no other one is shown the secret


def own_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page in the frame of the desk."""
    frame = admin.site.each_context(request)
    if MISSING in request.session:  # its links would lead back to this page
        frame["is_nav_sidebar_enabled"] = False
    return TemplateResponse(request, template, {**frame, **context})


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Shows new recovery codes, once."""
    context = {"title": _("Your recovery codes"), "codes": codes}
    return own_page(request, "admin/desk/recovery_codes.html", context)


def is_set_up(request: HttpRequest, user: User) -> None:
    """The officer is signed in here alone, with both steps."""
    for name in (SETTING_UP, MISSING):
        request.session.pop(name, None)
    officers.sign_out(user, but=request.session.session_key)
    request.session.cycle_key()
