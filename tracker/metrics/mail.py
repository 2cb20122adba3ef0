"""EMAIL_BACKEND where METRICS_TOKEN is set: counts what the server of mail took and refused."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tracker.metrics.counts import MAILS


class CountingBackend(BaseEmailBackend):
    """In front of the backend of EMAIL_URL, which does the work."""

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._behind = get_connection(
            settings.EMAIL_BACKEND_COUNTED, fail_silently=fail_silently, **kwargs
        )

    def open(self) -> bool | None:
        return self._behind.open()

    def close(self) -> None:
        self._behind.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        try:
            sent = self._behind.send_messages(email_messages) or 0
        finally:
            MAILS.labels("sent").inc(sent)
            MAILS.labels("failed").inc(len(email_messages) - sent)
        return sent
