"""What becomes of a file and of each of its rows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(TextChoices):
    PREVIEWED = "previewed", _("Previewed")
    APPLIED = "applied", _("Applied")
    UNDONE = "undone", _("Undone")


class RowAction(TextChoices):
    CREATE = "create", _("Create")
    UPDATE = "update", _("Update")
    UNCHANGED = "unchanged", _("Unchanged")
    CONFLICT = "conflict", _("Conflict")
    ERROR = "error", _("Error")


class RowOutcome(TextChoices):
    """What became of a row of an import when it was applied or undone."""

    DONE = "done", _("Done")
    WAITING = "waiting", _("Waits for a second person")
    SKIPPED = "skipped", _("Left out")
    REFUSED = "refused", _("Refused")
    UNDONE = "undone", pgettext_lazy("row of an import", "Undone")
    LEFT = "left", _("Not undone")
