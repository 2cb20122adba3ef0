"""A password for an officer: set by an administrator, or by the officer, signed in or with a link
by mail."""

from smtplib import SMTPException
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.admin.utils import unquote
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.actions.accounts import officers
from initiatives.actions.accounts.audit import Place
from initiatives.demonstration import marked
from initiatives.desk.admin.sign_in import owner_mail
from initiatives.desk.admin.sign_in.devices import place_of
from initiatives.desk.admin.sign_in.proof import Proof, asked_before
from initiatives.desk.digest import HEADERS
from initiatives.desk.forms.account import language_of_mail
from initiatives.timeline.names import name_of

DAY = 24 * 60 * 60  # seconds


def send_link(request: HttpRequest, user: User, language: str = "") -> None:
    """Mail `user` the link with which they set their password, and say in a message how it went."""
    with translation.override(language or translation.get_language()):
        mail = _mail_to(user)
    try:
        mail.send()
    except (OSError, SMTPException) as failure:
        text = _(
            "The mail to %(address)s could not be sent (%(why)s). Send the link once more, or set "
            "a password."
        )
        messages.error(request, text % {"address": user.email, "why": failure})
    else:
        text = _("A link to set the password was mailed to %(address)s.")
        messages.success(request, text % {"address": user.email})


def _mail_to(user: User) -> EmailMessage:
    key = urlsafe_base64_encode(force_bytes(user.pk))
    link = reverse("admin:set_password", args=[key, default_token_generator.make_token(user)])
    context = {
        "user": user,
        "link": settings.SITE_URL + link,
        "desk": settings.SITE_URL + reverse("admin:index"),
        "days": settings.PASSWORD_RESET_TIMEOUT // DAY,
    }
    return EmailMessage(
        subject=marked(_("Your account at the desk of the cooperation tracker")),
        body=render_to_string("mail/first_password.txt", context),
        to=[user.email],
        headers=HEADERS,
    )


def password_page(page: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """Where an administrator mails the link to an officer, or sets the password; `page` is that
    of the account."""
    user = page.get_object(request, unquote(object_id))
    if not page.has_change_permission(request, user):
        raise PermissionDenied
    if user is None:
        raise Http404
    if request.method == "POST" and "_mail" in request.POST:
        return _mailed(request, user, page.address(user.pk))
    form, proof = SetPasswordForm(user, request.POST or None), Proof(request)
    if not form.is_valid():
        proof.is_bound = False  # a try is counted and uses up the code: only for a good password
    if request.method == "POST" and form.is_valid() and proof.is_valid():
        officers.set_password(user, form.cleaned_data["new_password1"], by=cast(User, request.user))
        if user == request.user:
            update_session_auth_hash(request, user)
        owner_mail.tell_of_password(user, Place())
        text = _("The password is set. Whoever was signed in as the officer no longer is.")
        messages.success(request, text)
        return redirect(page.address(user.pk))
    context = {
        **page.admin_site.each_context(request),
        "title": _("Password"),
        "subtitle": name_of(user),
        "opts": page.opts,
        "original": user,
        "address": page.address(user.pk),
        "form": form,
        "proof": proof,
    }
    return TemplateResponse(request, "admin/desk/password.html", context)


def _mailed(request: HttpRequest, user: User, address: str) -> HttpResponse:
    if not user.email or not user.is_active:
        text = _("The link needs an active account with a mail address.")
        messages.error(request, text)
        return redirect(address)
    title = _("A link by mail")
    said = _("The link goes to %(address)s and sets the password of %(name)s.")
    told = said % {"address": user.email, "name": name_of(user)}
    if (page := asked_before(request, title, told, _("Email the link"))) is not None:
        return page
    send_link(request, user, language_of_mail(user))
    return redirect(address)


class RecordedPassword(SetPasswordForm):
    """A password that officers set themselves, which their history tells."""

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password1"]
        return officers.set_password(self.user, password, by=self.user)


class OwnPasswordForm(RecordedPassword, AdminPasswordChangeForm):
    """The password of an officer who is signed in and knows the old one."""


class ChangePassword(PasswordChangeView):
    """The page of one's own password. Only the session in which it is changed goes on."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        answer = super().form_valid(form)
        owner_mail.tell_of_password(form.user, place_of(self.request))
        return answer


class SetPassword(PasswordResetConfirmView):
    """The page behind the link. It works once, for some days, and for active accounts."""

    form_class = RecordedPassword
    template_name = "admin/desk/set_password.html"
    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Set your password")

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            **super().get_context_data(**kwargs),
            "is_nav_sidebar_enabled": False,
        }

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
        owner_mail.tell_of_password(form.user, place_of(self.request))
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return answer
