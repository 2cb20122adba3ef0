"""An officer is told by mail of a sign-in from a browser that was not used for the account before.

Which accounts signed in there stands in a signed cookie of that browser, and nowhere here.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.actions.audit import Place
from initiatives.demonstration import marked
from initiatives.digest import HEADERS
from initiatives.forms.account import language_of_mail

COOKIE = "known_device"
KNOWN_FOR = timedelta(days=365)
MOST = 20  # accounts of one browser
_SALT = "initiatives.known_device"
_log = logging.getLogger(__name__)


def greet(
    request: HttpRequest, answer: HttpResponse, user: User, place: Place, *, is_first: bool
) -> None:
    """Remember with the `answer` that `user` signed in with this browser; tell them if it is new.

    The very first sign-in of an account is told to nobody: all is new there.
    """
    known = _known(request)
    if user.pk not in known and user.email and not is_first:
        _tell(user, place)
    answer.set_cookie(
        cookie_name(),
        signing.dumps([user.pk, *(key for key in known if key != user.pk)][:MOST], salt=_SALT),
        max_age=int(KNOWN_FOR.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def cookie_name() -> str:
    """With the prefix that binds it to the host, where there is TLS."""
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def _known(request: HttpRequest) -> list[int]:
    """The keys of accounts that signed in with this browser; none where it claims nonsense."""
    try:
        told = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return []
    return [key for key in told if isinstance(key, int)]


def _tell(user: User, place: Place) -> None:
    """Mail it; a server of mail that is away keeps nobody from signing in."""
    with translation.override(_language_of(user)):
        context = {
            "place": place,
            "moment": timezone.now(),
            "own_page": settings.SITE_URL + reverse("admin:own_sign_in"),
        }
        mail = EmailMessage(
            subject=marked(_("A sign-in to your account from a new device")),
            body=render_to_string("mail/new_device.txt", context),
            to=[user.email],
            headers=HEADERS,
        )
    try:
        mail.send()
    except (OSError, SMTPException) as failure:
        _log.warning("The mail about a new device was not sent: %s", type(failure).__name__)


def _language_of(user: User) -> str:
    at_once = user.desks.exclude(request_language="").order_by("pk")
    chosen = language_of_mail(user) or at_once.values_list("request_language", flat=True).first()
    return chosen or translation.get_language() or settings.LANGUAGE_CODE
