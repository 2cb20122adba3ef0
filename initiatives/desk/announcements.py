"""Mails about single requests, to officers who wish to have them at once."""

import logging
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.actions.approvals import request_mails
from initiatives.demonstration import marked
from initiatives.desk import digest
from initiatives.desk.work_queue import waiting_item
from initiatives.models import DeskMember, RequestMail
from initiatives.rights import Rights

_log = logging.getLogger(__name__)


def send_noted(*, since: datetime, by: User | None) -> None:
    """Send what is to be told of requests that `by` made since that instant.

    A server of mail that fails harms nobody: what it did not take is tried again by `send_digest`.
    """
    for mail in request_mails.noted(since=since, by=by):
        try:
            send(mail)
        except Exception:
            _log.exception("The mail about request %s did not go out", mail.change_request_id)


def send(mail: RequestMail) -> int:
    """Send `mail` unless it was sent; gives how many there were. Raises what its server says."""
    language = _language_of(mail)
    item = None
    if language:
        with translation.override(language):
            item = waiting_item(Rights(mail.user), mail.change_request_id)
    if item is None:
        request_mails.forget(mail)
        return 0
    if not request_mails.claim(mail):
        return 0
    try:
        with translation.override(language):
            subject = marked(_("Waits for your decision: %(code)s") % {"code": item.code})
            return digest.two_parts("request", subject, mail.user.email, item=item).send()
    except Exception:
        request_mails.release(mail)
        raise


def _language_of(mail: RequestMail) -> str:
    """Empty for who may not sign in any more, or wants no such mail by now."""
    user = mail.user
    if not (user.is_active and user.is_staff and user.email):
        return ""
    rows = DeskMember.objects.filter(user=user).exclude(request_language="").order_by("pk")
    return rows.values_list("request_language", flat=True).first() or ""
