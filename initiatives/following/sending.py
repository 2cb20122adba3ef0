"""Mails to readers whose day has come, each once, however often the run is begun or killed."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils import timezone

from initiatives.actions import mail_subscriptions
from initiatives.following import letters
from initiatives.http.problems import Problem
from initiatives.models import MailSubscription

_log = logging.getLogger(__name__)
# What a transaction that is not over records is told with the next mail, and not passed over.
SETTLED = timedelta(hours=1)
_FOR_GOOD = 500


class Doubtful(Exception):
    """The server of mail was lost while it took a mail: nobody knows whether it went out."""


def due() -> Iterator[MailSubscription]:
    """Those whose day has come, the oldest first. Which they are is read first, since sending
    changes them."""
    rows = MailSubscription.objects.filter(due_on__lte=timezone.localdate())
    keys = list(rows.exclude(confirmed_at=None).order_by("pk").values_list("pk", flat=True))
    for key in keys:
        yield from MailSubscription.objects.filter(pk=key)


def letter_of(row: MailSubscription, until: datetime) -> tuple[EmailMultiAlternatives | None, bool]:
    """The mail that is due, if there is anything to tell, and whether it is the last one."""
    try:
        return letters.of_changes(row, until), False
    except Problem as problem:
        return (None if row.is_ending else letters.of_end(row, problem)), True


def send(row: MailSubscription) -> int:
    """Send what is due; gives how many mails went out. Raises Doubtful, after which the next mail
    tells of it, or what the server of mail says, after which the next run tries it again."""
    today, bound = timezone.localdate(), until(row)
    mail, is_last = letter_of(row, bound)
    if mail is not None and not mail_subscriptions.claim(row, today, bound, is_last=is_last):
        return 0
    if mail is not None:
        _deliver(row, mail, today=today)
    if is_last:
        mail_subscriptions.leave(row.uid)
    elif mail is None:
        mail_subscriptions.nothing_to_tell(row, today, bound)
    else:
        mail_subscriptions.sent(row)
    return 0 if mail is None else 1


def until(row: MailSubscription) -> datetime:
    """Before when all that became known is told now."""
    settled = timezone.now() - SETTLED
    return max(settled, row.told_until or settled)


def _deliver(row: MailSubscription, mail: EmailMultiAlternatives, *, today: date) -> None:
    try:
        _hand_over(mail)
    except Doubtful:
        raise
    except Exception as error:
        if mail_subscriptions.failed(row, today, is_refused=_is_refused(error)):
            _log.warning("A mailbox that refused every mail is no longer written to")
        raise


def _hand_over(mail: EmailMultiAlternatives) -> None:
    connection = get_connection()
    connection.open()
    try:
        connection.send_messages([mail])
    except (SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
        raise Doubtful from error
    finally:
        connection.close()


def _is_refused(error: Exception) -> bool:
    """Whether the mailbox is refused for good (5xx), and not our server or for the moment."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= _FOR_GOOD for code, _text in error.recipients.values())
