"""Public versions, and why there is one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionKind(TextChoices):
    """What has editions in the public register."""

    INITIATIVE = "initiative", _("Initiative")
    EVENT = "event", _("Event")


class EditionState(TextChoices):
    PUBLISHED = "published", pgettext_lazy("edition", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("edition", "Withdrawn")


class EditionCause(TextChoices):
    """What made the public record another one; editions of one cause are written together."""

    FIRST = "first", _("The register begins")
    EDIT = "edit", _("Edited by the desk")
    STATUS = "status", _("The status changed")
    PUBLICATION = "publication", pgettext_lazy("cause of an edition", "Published")
    WITHDRAWAL = "withdrawal", pgettext_lazy("cause of an edition", "Withdrawn")
    IMPORT = "import", _("Imported")
    RELATED = "related", _("A source or event that it names changed")
