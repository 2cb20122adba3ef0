"""The mail with the desk's answer to a reader who reported an error."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.actions import error_reports
from initiatives.demonstration import marked
from initiatives.desk import digest
from initiatives.models import ErrorReport


def send_answer(report: ErrorReport) -> int:
    """Send it unless it was sent or nobody waits for it; gives how many there were. Raises what the
    server of mail says, and then the next run sends it.

    Whoever is killed between the mail and the note that it went out has it sent once more, with the
    same Message-ID, by which a mailbox knows it again: a reader is told twice rather than never.
    """
    if not report.email or not error_reports.claim_answer(report):
        return 0
    try:
        with translation.override(report.language):
            subject = _("Answer to what you reported about %(code)s")
            subject = marked(subject % {"code": report.initiative.code})
            mail = digest.two_parts("answer", subject, report.email, report=report)
            mail.extra_headers = {**mail.extra_headers, "Message-ID": _message_id(report)}
            mail.send()
    except Exception:
        error_reports.answer_not_sent(report)
        raise
    error_reports.answer_sent(report)
    return 1


def _message_id(report: ErrorReport) -> str:
    """Of this answer alone, also where a restored backup gives its number away once more."""
    name = f"answer.{report.initiative.code}.{report.number}.{report.sent_at:%Y%m%d%H%M%S%f}"
    return f"<{name}@{settings.IDENTIFIER_DOMAIN}>"


def send_answers() -> Iterator[Exception | None]:
    """Of each answer that waits what came of it: None, or the error."""
    for report in error_reports.answers_to_send():
        try:
            send_answer(report)
        except Exception as error:
            yield error
        else:
            yield None
