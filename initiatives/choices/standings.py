"""What became of a promise, as the public is told it in one word."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """How a promise stands on a day. Each record has one, and all together they are all records.

    A record is open until it is implemented or cancelled, so what is suspended is open. It is late
    when the last possible day of its planned end has passed.
    """

    IN_FULL = "in_full", _("Delivered in full")
    IN_PART = "in_part", _("Delivered in part")
    NOT_SAID = "not_said", _("Delivered, not said how far")
    ON_TIME = "on_time", _("Open, on time")
    LATE = "late", _("Open, late")
    NO_DATE = "no_date", _("Open, no end date")
    DROPPED = "dropped", pgettext_lazy("standing", "Dropped")


YEAR_UNKNOWN = "unknown"  # the value of a filter for what no source dates
