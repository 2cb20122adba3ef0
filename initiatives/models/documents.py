"""Documents of sources: which editions name them, and which were taken down."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives import document_store
from initiatives.fields import ProseField
from initiatives.models.editions import SHA256_LENGTH, Edition
from initiatives.models.record import AppendOnly, AppendOnlyManager, person


class EditionFile(AppendOnly):
    """That an edition names the document with this SHA-256; it follows from the body.

    The public gets a document only where an edition names it, and asks by its digest.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="files")
    sha256 = models.CharField(max_length=SHA256_LENGTH, db_index=True)

    objects = AppendOnlyManager()
    natural_fields = ("edition__position", "sha256")

    class Meta:
        ordering = ("edition", "sha256")
        constraints = [
            models.UniqueConstraint(fields=["edition", "sha256"], name="edition_file_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.sha256}"


class DocumentRemoval(AppendOnly):
    """That a document was destroyed, by whom and why; it never comes back.

    The public is told the reason where it could have the document before.
    """

    sha256 = models.CharField(_("document (SHA-256)"), max_length=SHA256_LENGTH, unique=True)
    reason = ProseField(_("reason"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = person(_("recorded by"))

    objects = AppendOnlyManager()
    natural_fields = ("sha256",)

    class Meta:
        verbose_name = _("document taken down")
        verbose_name_plural = _("documents taken down")
        ordering = ("-recorded_at", "-id")

    def __str__(self) -> str:
        return self.sha256


def refuse_taken_down(sha256: str) -> None:
    """Raises ValidationError for a document that was taken down."""
    removal = DocumentRemoval.objects.filter(sha256=sha256).first()
    if removal is not None:
        message = _("This file was taken down and may not come back. The reason: %(reason)s")
        raise ValidationError(message, code="taken_down", params={"reason": removal.reason})


def refuse_unkept(sha256: str, name: str) -> None:
    """Raises ValidationError for a document that was taken down or is not in the store."""
    refuse_taken_down(sha256)
    if not document_store.has(sha256):
        message = _("The file “%(name)s” is no longer kept. Attach it again.")
        raise ValidationError(message, code="no_file", params={"name": name})
