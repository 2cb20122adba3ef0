"""Roles at the desk, and what is asked and changed there."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DeskRole(IntegerChoices):
    """Rights on a desk; each includes the ones before it."""

    VIEWER = 1, _("Viewer")
    EDITOR = 2, _("Editor")
    REVIEWER = 3, _("Reviewer")
    PUBLISHER = 4, _("Publisher")


class Origin(TextChoices):
    """Where a status record comes from: only an import may leave its effective date open."""

    DESK = "desk", pgettext_lazy("recorded through", "Desk")
    IMPORT = "import", pgettext_lazy("recorded through", "Import")


class RequestState(TextChoices):
    WAITING = "waiting", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class RequestKind(TextChoices):
    """What a change request asks for."""

    EDIT = "edit", _("Edit")
    PUBLICATION = "publication", pgettext_lazy("change request", "Publication")
    STATUS = "status", pgettext_lazy("change request", "Status")


class ChangeAction(TextChoices):
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    DELETED = "deleted", _("Deleted")


class ChangeSetKind(TextChoices):
    """What was done to several records at once."""

    SESSION = "session", _("Session")
    STATUS = "status", _("Status of several records")
