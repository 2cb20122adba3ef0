"""What the document of a source may be, by media types (RFC 6838), and what its address said."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentType(TextChoices):
    PDF = "application/pdf", "PDF"
    PNG = "image/png", _("PNG image")
    JPEG = "image/jpeg", _("JPEG image")
    WEBP = "image/webp", _("WebP image")
    MAIL = "message/rfc822", _("Email")


class AddressState(TextChoices):
    """What the address of a source said when it was asked last."""

    HERE = "here", _("Answers")
    MOVED = "moved", _("Has moved")
    DOUBTFUL = "doubtful", _("Did not answer once")
    DEAD = "dead", _("No longer exists")
    NOT_ASKED = "not_asked", _("Was not asked, since it is not open to everybody")
