"""The daily mail: what waits for an officer, as the first page of the desk shows it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from initiatives.demonstration import marked
from initiatives.desk.work_queue import queue_of
from initiatives.models import DeskMember
from initiatives.rights import Rights

# So that an absence note does not answer, RFC 3834.
HEADERS = {"Auto-Submitted": "auto-generated"}


def recipients() -> Iterator[tuple[User, str]]:
    """Each officer who wants the mail and can have it, with the language of their first desk."""
    # Whoever may no longer sign in shall not read of drafts either.
    officers = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    members = DeskMember.objects.filter(user__in=officers).exclude(digest_language="")
    languages: dict[User, str] = {}
    for member in members.select_related("user").order_by("user__username", "pk"):
        languages.setdefault(member.user, member.digest_language)
    yield from languages.items()


def mail_for(
    officer: User, language: str, *, today: date | None = None
) -> EmailMultiAlternatives | None:
    """What waits for `officer`, in `language`; None where nothing does."""
    with translation.override(language):
        queue = queue_of(Rights(officer), today=today)
        if not queue.tasks:
            return None
        return two_parts("digest", marked(_subject(queue.tasks)), officer.email, queue=queue)


def two_parts(name: str, subject: str, to: str, **context: Any) -> EmailMultiAlternatives:
    """A mail of the templates `name` as text and as HTML, in the active language."""
    site = settings.SITE_URL
    known = {
        "site": site,
        "desk": site + reverse("admin:index"),
        "choice": site + reverse("admin:mail"),
        "subject": subject,
        "language": translation.get_language(),
        **context,
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"mail/{name}.txt", known),
        to=[to],
        headers=HEADERS,
    )
    mail.attach_alternative(render_to_string(f"mail/{name}.html", known), "text/html")
    return mail


def _subject(tasks: int) -> str:
    text = ngettext(
        "%(count)s task at the desk of the cooperation tracker",
        "%(count)s tasks at the desk of the cooperation tracker",
        tasks,
    )
    return text % {"count": tasks}
