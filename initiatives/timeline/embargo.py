"""Until when a record is kept from the public, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def embargo_in_words(until: datetime | None) -> str:
    """For example “Embargo until 14 May 2027, 10:00”; empty where none is ahead."""
    if until is None or until <= timezone.now():
        return ""
    at = date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT")
    return _("Embargo until %(at)s") % {"at": at}
