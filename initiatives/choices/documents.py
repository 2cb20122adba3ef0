"""What the document of a source may be: media types (RFC 6838)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentType(TextChoices):
    PDF = "application/pdf", "PDF"
    PNG = "image/png", _("PNG image")
    JPEG = "image/jpeg", _("JPEG image")
    WEBP = "image/webp", _("WebP image")
    MAIL = "message/rfc822", _("Mail")
