"""What a file that was brought in did, row by row, so that it can be shown and undone."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.choices import ImportState, RowAction, RowOutcome
from initiatives.fields import LineField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.record import NaturalKeyManager, Record


class ImportBatch(Record):
    """One file. `columns` are those of the file in its order, `counts` the rows by RowAction.

    `facts` say how the file was understood, as pairs for each language; imports of earlier versions
    have them in the language of who imported. `sample` are words of a file whose
    encoding was guessed, for a person to confirm.
    """

    file_name = LineField(_("file name"), max_length=255)
    sha256 = LineField(_("SHA-256"), max_length=64)
    state = LineField(
        _("state"), max_length=12, choices=ImportState.choices, default=ImportState.PREVIEWED
    )
    format = LineField(_("format"), max_length=60, blank=True)
    facts = models.JSONField(_("facts about the file"), default=list, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    counts = models.JSONField(_("rows by action"), default=dict, blank=True)
    sample = models.JSONField(_("words of the file"), default=list, blank=True, editable=False)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("read at"), default=timezone.now, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("sha256", "started_at")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-started_at",)
        constraints = [
            CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known")
        ]

    @property
    def facts_told(self) -> list[list[str]]:
        """`facts` in the language of the moment."""
        if isinstance(self.facts, list):
            return self.facts
        return self.facts.get(get_language() or "en") or self.facts["en"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"


class ImportRow(models.Model):
    """`cells` holds, per column, the old and the new text, and the error or finding there is.

    `texts` are the cells as they stood in the file, so that a row can be sent again. `edits` say
    what applying does, in the words of `Change`, and `move` the status that is entered with it.
    `makes` are edits that bring the rows to which these point and which were not stored.
    `notes` are pairs of a column, or nothing, and what is said of it that is no error.
    `version` is the one of the record that was compared, None for one that is to be made.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    key = LineField(_("key"), max_length=240, blank=True)
    action = LineField(_("action"), max_length=12, choices=RowAction.choices)
    cells = models.JSONField(_("cells"), default=dict, encoder=DjangoJSONEncoder)
    notes = models.JSONField(_("notes"), default=list, blank=True)
    texts = models.JSONField(default=dict, editable=False)
    edits = models.JSONField(default=list, editable=False)
    makes = models.JSONField(default=list, editable=False)
    move = models.JSONField(null=True, editable=False)
    above = LineField(max_length=240, blank=True, editable=False)
    moved_because = LineField(max_length=500, blank=True, editable=False)
    version = models.PositiveIntegerField(null=True, editable=False)
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("initiative"),
    )
    outcome = LineField(_("outcome"), max_length=10, blank=True, choices=RowOutcome.choices)
    told = ProseField(_("why"), blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("batch", "number")
        indexes = [models.Index(fields=["batch", "action", "number"], name="import_row_shown")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            CheckConstraint(
                condition=Q(action__in=RowAction.values), name="import_row_action_known"
            ),
            CheckConstraint(
                condition=Q(outcome__in=["", *RowOutcome.values]), name="import_row_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"

    @property
    def wrongs(self) -> list[str]:
        """What is wrong in it, in words: the errors of its cells, and why it was refused."""
        errors = [
            f"{column}: {cell['error']}" if column else cell["error"]
            for column, cell in self.cells.items()
            if "error" in cell
        ]
        return errors + ([self.told] if self.told else [])
