"""The status of an initiative as a dated, sourced record."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Origin
from initiatives.fields import LineField, PartialDateField, ProseField
from initiatives.lifecycle import Status
from initiatives.models.checks import CheckConstraint
from initiatives.models.events import Event
from initiatives.models.initiatives import Initiative
from initiatives.models.record import AppendOnly, AppendOnlyManager, person
from initiatives.models.reference import Country


class StatusChange(AppendOnly):
    """One move, never edited. A mistake is mended by a further row that names it in `corrects`."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="status_changes", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    from_status = LineField(_("from"), max_length=20, choices=Status.choices, blank=True)
    to_status = LineField(_("to"), max_length=20, choices=Status.choices)
    effective = PartialDateField(_("effective"))
    reason = ProseField(_("reason"), blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    decided_by = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("deciding side"),
    )
    continued_in = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continues_%(class)s",
        verbose_name=_("carried on in"),
    )
    corrects = models.ForeignKey(
        "self",
        models.RESTRICT,  # a draft that is erased takes both rows with it
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    origin = LineField(
        _("recorded through"), max_length=10, choices=Origin.choices, default=Origin.DESK
    )
    change_set = models.ForeignKey(
        "ChangeSet",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="status_changes",
        verbose_name=_("joint entry"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = person(_("recorded by"))
    approved_by = person(_("approved by"))

    # Of an instance that was made of an edition (editions/instances/).
    is_approved: bool
    delivered = ""  # of the record, at the move by which it is implemented

    objects = AppendOnlyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ("initiative", "number")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="status_change_number"),
            CheckConstraint(
                condition=Q(to_status__in=Status.values), name="status_change_to_known"
            ),
            CheckConstraint(
                condition=Q(from_status="") | Q(from_status__in=Status.values),
                name="status_change_from_known",
            ),
            CheckConstraint(
                condition=~Q(from_status=F("to_status")) | Q(corrects__isnull=False),
                name="status_change_moves",
            ),
            CheckConstraint(
                condition=Q(effective__isnull=False) | Q(origin=Origin.IMPORT),
                name="status_change_date_open_on_import_only",
            ),
            CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(approved_by=F("recorded_by")),
                name="status_change_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_to_status_display()}"
