"""The mail with the desk's answer to a reader who reported an error."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from initiatives import digest
from initiatives.actions import error_reports
from initiatives.demonstration import marked
from initiatives.models import ErrorReport


def send_answer(report: ErrorReport) -> int:
    """Send it unless it was sent or nobody waits for it; gives how many there were. Raises what the
    server of mail says, and then the next run sends it."""
    if not report.email or not error_reports.claim_answer(report):
        return 0
    try:
        with translation.override(report.language):
            subject = _("Answer to what you reported about %(code)s")
            subject = marked(subject % {"code": report.initiative.code})
            return digest.two_parts("answer", subject, report.email, report=report).send()
    except Exception:
        error_reports.answer_not_sent(report)
        raise


def send_answers() -> Iterator[Exception | None]:
    """Of each answer that waits what came of it: None, or the error."""
    for report in error_reports.answers_to_send():
        try:
            send_answer(report)
        except Exception as error:
            yield error
        else:
            yield None
