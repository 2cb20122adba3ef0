"""Mails to the owner of an account about what happened to it, in the language of their mails."""

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from initiatives.actions.accounts.audit import Place
from initiatives.demonstration import marked
from initiatives.desk.digest import HEADERS
from initiatives.desk.forms.account import language_of_mail
from initiatives.translatable import Translatable

PASSKEY_ADDED = _("A passkey was added to your account")
PASSKEY_REMOVED = _("A passkey was removed from your account")
APP_REMOVED = _("The app with codes was removed from your account")
STEP_REMOVED = _("The second step of your account was removed")
_log = logging.getLogger(__name__)


def tell(user: User, subject: Translatable, template: str, **context: Any) -> None:
    """Mail it, if they have an address; a server of mail that is away keeps nobody from working."""
    if not user.email:
        return
    with translation.override(_language_of(user)):
        told = {"moment": timezone.now(), "own_page": _own_page(), **context}
        mail = EmailMessage(
            subject=marked(str(subject)),
            body=render_to_string(template, told),
            to=[user.email],
            headers=HEADERS,
        )
    try:
        mail.send()
    except (OSError, SMTPException) as failure:
        _log.warning("A mail about a sign-in was not sent: %s", type(failure).__name__)


def tell_of_step(user: User, what: Translatable, place: Place, name: str = "") -> None:
    """Mail that `what` happened to the second step of `user`; `name` is that of a passkey."""
    tell(user, what, "mail/second_step.txt", what=what, place=place, name=name)


def _own_page() -> str:
    return settings.SITE_URL + reverse("admin:own_sign_in")


def _language_of(user: User) -> str:
    at_once = user.desks.exclude(request_language="").order_by("pk")
    chosen = language_of_mail(user) or at_once.values_list("request_language", flat=True).first()
    return chosen or translation.get_language() or settings.LANGUAGE_CODE
