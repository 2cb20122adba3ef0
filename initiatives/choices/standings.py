"""What became of a promise, as the public is told it in one word."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.choices.initiatives import Direction


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


class Late(TextChoices):
    """What of an open record is late on a day: its last possible day has passed."""

    YES = "yes", _("Its end or a milestone")
    END = "end", _("Its planned end")
    MILESTONE = "milestone", _("A milestone")


class Moved(TextChoices):
    """Where the planned end of a record moved in all, from what was promised first to what is
    promised now; and whether the date of a milestone moved to a later one.

    What never had a planned end has none of the others.
    """

    LATER = Direction.LATER.value, _("The end, later")
    EARLIER = Direction.EARLIER.value, _("The end, earlier")
    TAKEN_BACK = Direction.TAKEN_BACK.value, _("The end, taken back")
    NO = "no", _("The end is as first promised")
    MILESTONE = "milestone", _("A milestone, later")


# Whole months, or more, by which readers may choose at once.
MONTHS_SHOWN = (3, 6, 12, 24, 60)
YEAR_UNKNOWN = "unknown"  # the value of a filter for what no source dates
