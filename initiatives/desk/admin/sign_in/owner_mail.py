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
from django.utils.formats import date_format
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
PASSWORD_SET = _("A new password was set for your account")
ADDRESS_CHANGED = _("The email address of your account was changed")
_log = logging.getLogger(__name__)


def tell(
    user: User, subject: Translatable, template: str, *, to: str | None = None, **context: Any
) -> None:
    """Mail it to their address, or `to` another one, if there is one; a server of mail that is away
    keeps nobody from working."""
    address = user.email if to is None else to
    if not address:
        return
    with translation.override(_language_of(user)):
        told = {"moment": _moment(), "own_page": _own_page(), **context}
        mail = EmailMessage(
            subject=marked(str(subject)),
            body=render_to_string(template, told),
            to=[address],
            headers=HEADERS,
        )
    try:
        mail.send()
    except (OSError, SMTPException) as failure:
        _log.warning("A mail about a sign-in was not sent: %s", type(failure).__name__)


def tell_of_step(user: User, what: Translatable, place: Place, name: str = "") -> None:
    """Mail that `what` happened to the second step of `user`; `name` is that of a passkey."""
    tell(user, what, "mail/second_step.txt", what=what, place=place, name=name)


def tell_of_password(user: User, place: Place) -> None:
    """Mail that the password of `user` was set, by themselves where there is a `place`."""
    tell_of_step(user, PASSWORD_SET, place)


def tell_of_address(user: User, before: str) -> None:
    """Mail to the address `before` and to the present one of `user` that it was changed."""
    for to in dict.fromkeys((before, user.email)):
        changed = {"to": to, "before": before, "after": user.email}
        tell(user, ADDRESS_CHANGED, "mail/address_changed.txt", **changed)


def _moment() -> str:
    """Now, with the time zone: who reads the mail may be in another one."""
    now = timezone.localtime()
    return f"{date_format(now, 'DATETIME_FORMAT')} (UTC{now.isoformat()[-6:]})"


def _own_page() -> str:
    return settings.SITE_URL + reverse("admin:own_sign_in")


def _language_of(user: User) -> str:
    at_once = user.desks.exclude(request_language="").order_by("pk")
    chosen = language_of_mail(user) or at_once.values_list("request_language", flat=True).first()
    return chosen or translation.get_language() or settings.LANGUAGE_CODE
