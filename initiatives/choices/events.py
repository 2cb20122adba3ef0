"""What events are, and what they mean for an initiative."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventPublication(TextChoices):
    """Whether an event is public by itself; one that a published initiative names always is."""

    DRAFT = "draft", pgettext_lazy("event", "Draft")
    PUBLISHED = "published", pgettext_lazy("event", "Published")


class EventKind(TextChoices):
    NOT_STATED = "not_stated", pgettext_lazy("kind of event", "Kind not stated")
    SUMMIT = "summit", _("Summit")
    STATE_VISIT = "state_visit", _("State visit")
    COMMISSION = "commission_session", _("Commission session")
    WORKING_GROUP = "working_group", _("Working group")
    MINISTERIAL = "ministerial", _("Ministerial meeting")
    SIGNING = "signing", _("Signing")
    RATIFICATION = "ratification", _("Ratification")
    BANK_APPROVAL = "bank_approval", _("Bank approval")
    GROUND_BREAKING = "ground_breaking", _("Ground-breaking")
    COMMISSIONING = "commissioning", _("Commissioning")
    FORUM = "forum", _("Forum")
    CALL = "call", _("Call or talks")


class EventState(TextChoices):
    """`not_stated`: a source names the event, but not whether it came about or is to come."""

    NOT_STATED = "not_stated", pgettext_lazy("state of an event", "State not stated")
    PLANNED = "planned", pgettext_lazy("state of an event", "Planned")
    CONFIRMED = "confirmed", pgettext_lazy("state of an event", "Confirmed")
    HELD = "held", pgettext_lazy("state of an event", "Held")
    POSTPONED = "postponed", pgettext_lazy("state of an event", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "Cancelled")


class EventRelation(TextChoices):
    """What an event was for an initiative.

    `mentioned`: a source names the two together and says no more. It carries no status.
    """

    MENTIONED = "mentioned", _("Mentioned together")
    ANNOUNCED = "announced", _("Announced at")
    AGREED = "agreed", _("Agreed at")
    SIGNED = "signed", _("Signed at")
    REVIEWED = "reviewed", _("Reviewed at")
    DECIDED = "decided", _("Decided at")
    LAUNCHED = "launched", _("Launched at")
    COMPLETED = "completed", _("Completed at")
