"""“Your sign-in”: where officers set up, replace and remove their own second step."""

from base64 import b32encode
from io import BytesIO

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from initiatives.actions.accounts import passkeys, second_factors
from initiatives.desk.admin.access import officer_of
from initiatives.desk.admin.sign_in import asking_passkeys, own_sessions, owner_mail
from initiatives.desk.admin.sign_in.devices import place_of
from initiatives.desk.admin.sign_in.own_pages import (
    SETTING_UP,
    codes_page,
    is_set_up,
    own_page,
)
from initiatives.desk.admin.sign_in.proof import Proof
from initiatives.desk.admin.sign_in.second_step import MISSING, CodeForm, is_obliged

_GROUP = 4  # characters of the secret, as people read them out


def own_sign_in(request: HttpRequest) -> HttpResponse:
    """What the officer signs in with, and where they are signed in; a POST ends sessions."""
    user = officer_of(request)
    if request.method == "POST":
        if "end" in request.POST:
            own_sessions.end_one(request, request.POST["end"])
        else:
            own_sessions.end_others(request)
        return redirect("admin:own_sign_in")
    context = {
        "title": _("Your sign-in"),
        "app": second_factors.app_of(user),
        **asking_passkeys.context_for(request, user),
        "codes_left": second_factors.codes_left(user),
        "is_obliged": is_obliged(user),
        "sessions": own_sessions.sessions_of(user, request.session.session_key),
    }
    return own_page(request, "admin/desk/own_sign_in.html", context)


def own_app(request: HttpRequest) -> HttpResponse:
    """Sets up an app: first who asks, then the secret, at last a code that the app shows."""
    user = officer_of(request)
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
            is_set_up(request, user)
            return codes_page(request, codes)
        form.add_error(
            "code",
            _("The app shows another code, or this one came too soon. Type the next one."),
        )
    return _app_page(request, form=form, app=app)


def own_app_picture(request: HttpRequest) -> HttpResponse:
    """The secret of the app that is being set up, as a QR code."""
    app = second_factors.begun(officer_of(request), request.session.get(SETTING_UP))
    if app is None:
        raise Http404
    picture = BytesIO()
    segno.make(app.config_url, error="m").save(picture, kind="svg", scale=5, light="#fff")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def own_codes(request: HttpRequest) -> HttpResponse:
    """Gives new recovery codes in the place of the former ones."""
    user = officer_of(request)
    if not second_factors.has_step(user):
        return redirect("admin:own_sign_in")
    proof = Proof(request)
    if request.method == "POST" and proof.is_valid():
        return codes_page(request, second_factors.renew_codes(user))
    context = {"title": _("New recovery codes"), "form": proof}
    return own_page(request, "admin/desk/own_codes.html", context)


def own_app_removal(request: HttpRequest) -> HttpResponse:
    """Removes the app; who must have a second step and has no passkey sets up another then."""
    user = officer_of(request)
    if second_factors.app_of(user) is None:
        return redirect("admin:own_sign_in")
    proof = Proof(request)
    if request.method == "POST" and proof.is_valid():
        if second_factors.remove_app(user, by=user):
            owner_mail.tell_of_step(user, owner_mail.APP_REMOVED, place_of(request))
            messages.success(request, _("The app is removed. Your passkeys stay."))
            return redirect("admin:own_sign_in")
        owner_mail.tell_of_step(user, owner_mail.STEP_REMOVED, place_of(request))
        if is_obliged(user):
            request.session[MISSING] = True
        messages.success(request, _("The second step is removed, with its recovery codes."))
        return redirect("admin:own_sign_in")
    is_left = bool(passkeys.passkeys_of(user))
    context = {
        "title": _("Remove the app") if is_left else _("Remove the second step"),
        "form": proof,
        "is_left": is_left,
        "is_obliged": is_obliged(user),
    }
    return own_page(request, "admin/desk/own_app_removal.html", context)


def _app_page(
    request: HttpRequest, *, form: Proof | CodeForm, app: TOTPDevice | None = None
) -> HttpResponse:
    context = {
        "title": _("Set up the second step"),
        "form": form,
        "app": app,
        "secret": _in_groups(app) if app is not None else "",
        "has_one": second_factors.app_of(officer_of(request)) is not None,
        "is_missing": MISSING in request.session,
    }
    return own_page(request, "admin/desk/own_app.html", context)


def _in_groups(app: TOTPDevice) -> str:
    secret = b32encode(app.bin_key).decode()
    return " ".join(secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
