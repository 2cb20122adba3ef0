"""The daily mail: what waits for an officer, as the first page of the desk shows it."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from initiatives.demonstration import marked
from initiatives.models import DeskMember
from initiatives.rights import Rights
from initiatives.work_queue import queue_of
from initiatives.work_queue.pieces import Queue

# So that an absence note does not answer, RFC 3834.
HEADERS = {"Auto-Submitted": "auto-generated"}


def recipients() -> Iterator[tuple]:
    """Each officer who wants the mail and can have it, with the language of their first desk."""
    # Whoever may no longer sign in shall not read of drafts either.
    officers = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    members = DeskMember.objects.filter(user__in=officers).exclude(digest_language="")
    languages: dict = {}
    for member in members.select_related("user").order_by("user__username", "pk"):
        languages.setdefault(member.user, member.digest_language)
    yield from languages.items()


def mail_for(officer: User, language: str, *, today: date | None = None) -> EmailMessage | None:
    """What waits for `officer`, in `language`; None where nothing does."""
    with translation.override(language):
        queue = queue_of(Rights(officer), today=today)
        if not queue.tasks:
            return None
        return EmailMessage(
            subject=marked(_subject(queue.tasks)),
            body=_body(queue),
            to=[officer.email],
            headers=HEADERS,
        )


def _subject(tasks: int) -> str:
    text = ngettext(
        "%(count)s task at the desk of the cooperation tracker",
        "%(count)s tasks at the desk of the cooperation tracker",
        tasks,
    )
    return text % {"count": tasks}


def _body(queue: Queue) -> str:
    desk = settings.SITE_URL + reverse("admin:index")
    return render_to_string(
        "mail/digest.txt", {"queue": queue, "site": settings.SITE_URL, "desk": desk}
    )
