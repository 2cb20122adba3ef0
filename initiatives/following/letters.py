"""The mails that readers get: to confirm, of what changed, and that something has ended."""

from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.demonstration import marked
from initiatives.desk import digest
from initiatives.following import links
from initiatives.following.feeds import followed
from initiatives.following.withdrawn import withdrawn
from initiatives.http.problems import Problem
from initiatives.models import Initiative, MailSubscription
from initiatives.timeline import Recent
from initiatives.timeline.entry import Entry

MOST = 200  # entries of one mail; the page has the others


def to_confirm(row: MailSubscription) -> EmailMultiAlternatives:
    """The one mail before it is confirmed, in the language that is active. Raises Problem."""
    subject = marked(_("Please confirm: email from the cooperation tracker"))
    told = {"scope": followed(row.feed).scope, "row": row, "confirm": links.to_confirm(row)}
    return digest.two_parts("confirm", subject, row.email, **told)


def of_changes(row: MailSubscription, until: datetime) -> EmailMultiAlternatives | None:
    """What became known to the public since the last mail and before `until`; None where nothing
    did and the last mail went out. Raises Problem where what is followed is there no more."""
    since = row.told_until or until
    with translation.override(row.language):
        scope = followed(row.feed).scope
        recent = Recent(scope.find, since=since, until=until, history=False)
        gone = withdrawn(scope.find, since=since, until=until)
        number = recent.count()
        if not (number or gone or row.doubt_since):
            return None
        subject = _("Changed: %(what)s") % {"what": scope.title}
        told = {"groups": _by_record(recent[:MOST]), "more": number - MOST, "gone": gone}
        return _letter("changes", row, subject, scope=scope, **told)


def of_end(row: MailSubscription, problem: Problem) -> EmailMultiAlternatives:
    """That what was followed is there no more, and why; it is the last mail."""
    with translation.override(row.language):
        subject = _("What you follow at the cooperation tracker is no longer public")
        page = f"/{row.language}" + row.feed.replace(".atom", "/", 1)
        return _letter("ended", row, subject, reason=problem.detail, page=page)


def _letter(name: str, row: MailSubscription, subject: str, **told: Any) -> EmailMultiAlternatives:
    leave = links.to_leave(row)
    headers = {
        "List-Unsubscribe": f"<{leave}>",  # RFC 8058: the button beside the mail posts there
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    subject = " ".join(marked(subject).split())[:200]  # words that are searched for may have lines
    mail = digest.two_parts(name, subject, row.email, row=row, leave=leave, **told)
    mail.extra_headers = {**mail.extra_headers, **headers}
    return mail


def _by_record(entries: list[Entry]) -> list[tuple[Initiative, list[Entry]]]:
    """(the initiative, its entries, the oldest first); the record that changed last comes first."""
    groups: dict[str, tuple[Initiative, list[Entry]]] = {}
    for entry in entries:
        if entry.initiative is not None:
            groups.setdefault(entry.initiative.code, (entry.initiative, []))[1].insert(0, entry)
    return list(groups.values())
