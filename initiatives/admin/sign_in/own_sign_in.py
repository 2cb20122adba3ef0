"""“Your sign-in”: where officers set up, replace and remove their own second step."""

from base64 import b32encode
from io import BytesIO
from typing import Any, cast

import segno
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.actions import officers, second_factors
from initiatives.admin.sign_in import own_sessions
from initiatives.admin.sign_in.proof import Proof
from initiatives.admin.sign_in.second_step import MISSING, CodeForm, is_obliged

SETTING_UP = "app_that_is_set_up"  # in the session, so that no other one is shown the secret
_GROUP = 4  # characters of the secret, as people read them out


def own_sign_in(request: HttpRequest) -> HttpResponse:
    """What the officer signs in with, and where they are signed in; a POST ends sessions."""
    user = _officer(request)
    if request.method == "POST":
        if "end" in request.POST:
            own_sessions.end_one(request, request.POST["end"])
        else:
            own_sessions.end_others(request)
        return redirect("admin:own_sign_in")
    context = {
        "title": _("Your sign-in"),
        "app": second_factors.app_of(user),
        "codes_left": second_factors.codes_left(user),
        "is_obliged": is_obliged(user),
        "sessions": own_sessions.sessions_of(user, request.session.session_key),
    }
    return _page(request, "admin/desk/own_sign_in.html", context)


def own_app(request: HttpRequest) -> HttpResponse:
    """Sets up an app: first who asks, then the secret, at last a code that the app shows."""
    user = _officer(request)
    app = second_factors.begun(user, request.session.get(SETTING_UP))
    if request.method == "POST" and "begin" in request.POST:
        proof = Proof(request, may_be_fresh=True)
        if proof.is_valid():
            request.session[SETTING_UP] = second_factors.begin(user).pk
            return redirect("admin:own_app")
        return _app_page(request, form=proof)
    if app is None:
        return _app_page(request, form=Proof(request, may_be_fresh=True))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if codes := second_factors.confirm(user, app, form.cleaned_data["code"]):
            _is_set_up(request, user)
            return _codes_page(request, codes)
        form.add_error(
            "code",
            _("The app shows another code, or this one came too soon. Type the next one."),
        )
    return _app_page(request, form=form, app=app)


def own_app_picture(request: HttpRequest) -> HttpResponse:
    """The secret of the app that is being set up, as a QR code."""
    app = second_factors.begun(_officer(request), request.session.get(SETTING_UP))
    if app is None:
        raise Http404
    picture = BytesIO()
    segno.make(app.config_url, error="m").save(picture, kind="svg", scale=5, light="#fff")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def own_codes(request: HttpRequest) -> HttpResponse:
    """Gives new recovery codes in the place of the former ones."""
    user = _officer(request)
    if second_factors.app_of(user) is None:
        return redirect("admin:own_sign_in")
    proof = Proof(request)
    if request.method == "POST" and proof.is_valid():
        return _codes_page(request, second_factors.renew_codes(user))
    context = {"title": _("New recovery codes"), "form": proof}
    return _page(request, "admin/desk/own_codes.html", context)


def own_app_removal(request: HttpRequest) -> HttpResponse:
    """Removes the second step; who must have one sets up another then."""
    user = _officer(request)
    if second_factors.app_of(user) is None:
        return redirect("admin:own_sign_in")
    proof = Proof(request)
    if request.method == "POST" and proof.is_valid():
        second_factors.remove(user, by=user)
        if is_obliged(user):
            request.session[MISSING] = True
        messages.success(request, _("The second step is removed, with its recovery codes."))
        return redirect("admin:own_sign_in")
    context = {
        "title": _("Remove the second step"),
        "form": proof,
        "is_obliged": is_obliged(user),
    }
    return _page(request, "admin/desk/own_app_removal.html", context)


def _is_set_up(request: HttpRequest, user: User) -> None:
    """The officer is signed in here alone, with both steps."""
    for name in (SETTING_UP, MISSING):
        request.session.pop(name, None)
    officers.sign_out(user, but=request.session.session_key)
    request.session.cycle_key()


def _app_page(
    request: HttpRequest, *, form: Proof | CodeForm, app: TOTPDevice | None = None
) -> HttpResponse:
    context = {
        "title": _("Set up the second step"),
        "form": form,
        "app": app,
        "secret": _in_groups(app) if app is not None else "",
        "has_one": second_factors.app_of(_officer(request)) is not None,
        "is_missing": MISSING in request.session,
    }
    return _page(request, "admin/desk/own_app.html", context)


def _codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"title": _("Your recovery codes"), "codes": codes}
    return _page(request, "admin/desk/recovery_codes.html", context)


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    frame = admin.site.each_context(request)
    if MISSING in request.session:  # its links would lead back to this page
        frame["is_nav_sidebar_enabled"] = False
    return TemplateResponse(request, template, {**frame, **context})


def _in_groups(app: TOTPDevice) -> str:
    secret = b32encode(app.bin_key).decode()
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))


def _officer(request: HttpRequest) -> User:
    return cast(User, request.user)
