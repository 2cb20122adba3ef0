"""What readers report, and how the desk closes it. What a reader wrote leaves no Change."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.errors import Refused
from initiatives.actions.recording import write_change
from initiatives.choices import ChangeAction
from initiatives.models import Change, ErrorReport, Initiative
from initiatives.publication import publishing

MOST_OPEN = 50  # of one record
KEPT = timedelta(days=30)  # after it was closed
# Who sends an answer for longer was killed; programs that talk to a server of mail give up before.
SENT_WITHIN = timedelta(minutes=15)


@transaction.atomic
def report_error(
    initiative: Initiative, *, wrong: str, evidence: str, email: str, language: str
) -> ErrorReport:
    """Put it before the desk; the same words sent again are the same report.

    Raises Refused where so many reports of the record are open that one more helps nobody.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)  # for the number
    waiting = ErrorReport.objects.filter(initiative=initiative, closed_at=None)
    words = {"wrong": wrong, "evidence": evidence, "email": email}
    known = waiting.filter(**words).first()
    if known is not None:
        return known
    if waiting.count() >= MOST_OPEN:
        raise Refused(_("Many reports about this record wait for an answer. Try again later."))
    ended = Change.objects.filter(initiative=initiative, model="errorreport").count()
    return ErrorReport.objects.create(
        initiative=initiative, number=ended + waiting.count() + 1, language=language, **words
    )


@publishing()
def close_report(report: ErrorReport, *, answer: str, by: User | None) -> ErrorReport:
    """Close it with an answer, which goes to the reader who gave an address. Raises Refused where
    there is none, or somebody else has closed it."""
    if not answer.strip():
        raise Refused(_("Say what was done, or why nothing was."), code="required")
    locked = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if locked.closed_at is not None:
        raise Refused(_("This report was closed already."), code="closed")
    locked.closed_at, locked.closed_by, locked.answer = timezone.now(), by, answer
    locked.save(update_fields=["closed_at", "closed_by", "answer"])
    write_change(locked, action=ChangeAction.CHANGED, fields={"answer": ["", answer]}, by=by)
    return locked


def answers_to_send() -> QuerySet[ErrorReport]:
    """Closed reports whose answer no server of mail took yet, and that nobody is sending."""
    rows = ErrorReport.objects.exclude(closed_at=None).exclude(email="")
    return rows.filter(_UNANSWERED, _free()).select_related("initiative").order_by("pk")


_UNANSWERED = Q(answered_at=None)


def _free() -> Q:
    return Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - SENT_WITHIN)


def claim_answer(report: ErrorReport) -> bool:
    """Whether it is for the caller to send the answer; for SENT_WITHIN nobody else does."""
    rows = ErrorReport.objects.filter(_UNANSWERED, _free(), pk=report.pk)
    return bool(rows.update(claimed_at=timezone.now()))


def answer_sent(report: ErrorReport) -> None:
    """The server of mail took what was claimed."""
    ErrorReport.objects.filter(pk=report.pk).update(claimed_at=None, answered_at=timezone.now())


def answer_not_sent(report: ErrorReport) -> None:
    """The server of mail did not take it: the next run tries it again."""
    ErrorReport.objects.filter(pk=report.pk).update(claimed_at=None)


def pass_over_answers() -> int:
    """Send no answer that was given up to now, as after a restored backup; gives how many."""
    closed = ErrorReport.objects.exclude(closed_at=None).exclude(email="")
    return closed.filter(_UNANSWERED).update(claimed_at=None, answered_at=timezone.now())


def forget_closed_reports() -> int:
    """Delete what readers wrote in reports that were closed some time ago; gives how many."""
    return ErrorReport.objects.filter(closed_at__lt=timezone.now() - KEPT).delete()[0]
