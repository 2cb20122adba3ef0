"""An officer is told by mail of a sign-in from a browser that was not used for the account before.

Which accounts signed in there stands in a signed cookie of that browser, and nowhere here.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from initiatives.actions.accounts.audit import Place
from initiatives.desk.admin.sign_in import owner_mail

COOKIE = "known_device"
KNOWN_FOR = timedelta(days=365)
MOST = 20  # accounts of one browser
_SALT = "initiatives.known_device"


def greet(
    request: HttpRequest, answer: HttpResponse, user: User, place: Place, *, is_first: bool
) -> None:
    """Remember with the `answer` that `user` signed in with this browser; tell them if it is new.

    The very first sign-in of an account is told to nobody: all is new there.
    """
    known = _known(request)
    if user.pk not in known and not is_first:
        subject = _("A sign-in to your account from a new device")
        owner_mail.tell(user, subject, "mail/new_device.txt", place=place)
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
