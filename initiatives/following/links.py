"""The links in mails to readers: signed, so that nobody else can make one."""

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse

from initiatives.actions.mail_subscriptions import CONFIRMED_WITHIN
from initiatives.models import MailSubscription

_CONFIRM, _LEAVE = "initiatives.following.confirm", "initiatives.following.leave"


class NoLink(Exception):
    """It was not made by this site, or it has expired."""


def to_confirm(row: MailSubscription) -> str:
    """Where the reader says yes, in the language that is active; for CONFIRMED_WITHIN."""
    token = TimestampSigner(salt=_CONFIRM).sign(row.uid)
    return settings.SITE_URL + reverse("following:confirm", args=[token])


def to_leave(row: MailSubscription) -> str:
    """Where the reader changes it and leaves; always the same, and it does not expire."""
    token = Signer(salt=_LEAVE).sign(row.uid)
    return settings.SITE_URL + reverse("following:manage", args=[token])


def confirmed_uid(token: str) -> str:
    """Raises NoLink."""
    try:
        return TimestampSigner(salt=_CONFIRM).unsign(token, max_age=CONFIRMED_WITHIN)
    except BadSignature:
        raise NoLink from None


def left_uid(token: str) -> str:
    """Raises NoLink."""
    try:
        return Signer(salt=_LEAVE).unsign(token)
    except BadSignature:
        raise NoLink from None
