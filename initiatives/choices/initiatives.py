"""What an initiative is, and who may see it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What an initiative is."""

    AGREEMENT = "agreement", _("Agreement")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    INVESTMENT = "investment", _("Investment")
    BANK_FINANCED = "bank_financed", _("Bank-financed project")
    PROGRAMME = "programme", _("Programme")
    EDUCATION = "education", pgettext_lazy("kind of initiative", "Education")
    TRADE_MEASURE = "trade_measure", _("Trade measure")
    INSTITUTION = "institution", _("Institution")
    DIALOGUE = "dialogue", _("Dialogue")
    OTHER = "other", pgettext_lazy("kind of initiative", "Other")


class Delivered(TextChoices):
    """How much of what was agreed was delivered, of what is implemented; empty: nobody has said."""

    FULL = "full", pgettext_lazy("delivered", "In full")
    PART = "part", pgettext_lazy("delivered", "In part")


NOT_SAID = "not_said"  # the value of a filter for what is implemented without either


class Direction(TextChoices):
    """Where a promised date moved."""

    LATER = "later", _("Moved later")
    EARLIER = "earlier", _("Moved earlier")
    TAKEN_BACK = "taken_back", _("Taken back, no new date")


class Stated(TextChoices):
    """What the sources of an initiative may leave open, so that the desk can say that they do."""

    EVENTS = "events", _("Events")
    MONEY = "money", _("Money")
    MILESTONES = "milestones", _("Milestones")
    ORGANISATIONS = "organisations", _("Organisations")
    PLANNED_START = "planned_start", _("Planned start")
    ACTUAL_START = "actual_start", _("Actual start")
    PLANNED_END = "planned_end", _("Planned end")
    ACTUAL_END = "actual_end", _("Actual end")


class Publication(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
