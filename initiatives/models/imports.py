"""What a file that was brought in did, row by row, so that it can be shown and undone."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import ImportState, RowAction
from initiatives.fields import LineField
from initiatives.models.record import NaturalKeyManager, Record


class ImportBatch(Record):
    file_name = LineField(_("file name"), max_length=255)
    sha256 = LineField(_("SHA-256"), max_length=64)
    state = LineField(
        _("state"), max_length=12, choices=ImportState.choices, default=ImportState.PREVIEWED
    )
    started_at = models.DateTimeField(_("read at"), default=timezone.now, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("sha256", "started_at")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-started_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"


class ImportRow(models.Model):
    """`cells` holds, per column, the old and the new value, and the error where there is one."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    key = LineField(_("key"), max_length=240, blank=True)
    action = LineField(_("action"), max_length=12, choices=RowAction.choices)
    cells = models.JSONField(_("cells"), default=dict)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("batch", "number")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(action__in=RowAction.values), name="import_row_action_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"
