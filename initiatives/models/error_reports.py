"""What readers say is wrong in a record."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.fields import ProseField
from initiatives.models.initiatives import Initiative
from initiatives.models.record import NaturalKey, NaturalKeyManager, person


class ErrorReport(NaturalKey):
    """A reader's words about an error in a public record, until some time after it is closed.

    `number` counts all reports of the initiative, those too that are deleted by now. `email` is
    where the answer goes, in `language`; the desk does not show it. `claimed_at` is since when
    somebody is sending the answer, `answered_at` when the server of mail took it. The whole row is
    deleted with the reader's words; that an officer closed it, and with what answer, stays as a
    `Change` of the initiative.
    """

    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        editable=False,
        related_name="error_reports",
        verbose_name=_("initiative"),
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    wrong = ProseField(_("what is wrong"))
    evidence = ProseField(_("where the right thing stands"), blank=True)
    email = models.EmailField(_("mail address for the answer"), blank=True, editable=False)
    language = models.CharField(max_length=2, choices=Language.choices, editable=False)
    sent_at = models.DateTimeField(_("reported at"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_by = person(_("closed by"))
    answer = ProseField(_("answer"), blank=True)
    claimed_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="error_report_number")
        ]
        indexes = [
            models.Index(
                fields=["initiative"], condition=Q(closed_at=None), name="error_report_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code}, {timezone.localdate(self.sent_at)}"
