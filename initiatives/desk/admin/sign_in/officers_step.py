"""Where an administrator removes the second step of an officer who lost it."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from initiatives.actions.accounts import officers, passkeys, second_factors
from initiatives.actions.accounts.audit import Place
from initiatives.desk.admin.sign_in import owner_mail
from initiatives.desk.admin.sign_in.own_sessions import sessions_of
from initiatives.desk.admin.sign_in.proof import Proof
from initiatives.desk.admin.sign_in.second_step import is_obliged
from initiatives.timeline.names import name_of


def second_step_page(page: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Says what the officer signs in with, and takes it away; `page` is that of the account."""
    user = page.get_object(request, unquote(object_id))
    if not page.has_change_permission(request, user):
        raise PermissionDenied
    if user is None:
        raise Http404
    if user == request.user:  # there one's own code is asked for as well
        return redirect("admin:own_sign_in")
    if request.method == "POST" and "_sign_out" in request.POST:
        officers.end_sessions(user, by=cast(User, request.user))
        messages.success(request, _("The officer is signed out everywhere."))
        return redirect(page.address(user.pk))
    proof = Proof(request)
    if request.method == "POST" and proof.is_valid():
        if second_factors.reset(user, by=proof.user):
            owner_mail.tell_of_step(user, owner_mail.STEP_REMOVED, Place())
        text = _("The second step is removed, and the officer is signed out everywhere.")
        messages.success(request, text)
        return redirect(page.address(user.pk))
    context = {
        **page.admin_site.each_context(request),
        "title": _("Sign-in"),
        "subtitle": name_of(user),
        "opts": page.opts,
        "original": user,
        "address": page.address(user.pk),
        "form": proof,
        "app": second_factors.app_of(user),
        "passkeys": passkeys.passkeys_of(user),
        "codes_left": second_factors.codes_left(user),
        "is_obliged": is_obliged(user),
        "sessions": sessions_of(user),
    }
    return TemplateResponse(request, "admin/desk/officers_step.html", context)
