"""Milestones, and the record of how promised dates moved."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.fields import LineField, PartialDateField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.record import (
    AppendOnly,
    AppendOnlyManager,
    NaturalKeyManager,
    Record,
    person,
)
from initiatives.models.reference import Country

LANGUAGES = Language.values


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def open(self) -> Self:
        """Milestones that are neither reached nor dropped."""
        empty = Q()
        for code in LANGUAGES:
            name = f"dropped_reason_{code}"
            empty &= Q(**{name: ""}) | Q(**{f"{name}__isnull": True})
        return self.filter(empty, actual__isnull=True)


class Milestone(Record):
    """A step that can be seen to be done; progress is computed from these and never typed."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="milestones", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    title = LineField(_("title"), max_length=250)
    planned = PartialDateField(_("planned"))
    actual = PartialDateField(_("reached"))
    dropped_reason = ProseField(_("dropped, because"), blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1)]
    )
    responsible = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("responsible side")
    )
    protocol_reference = LineField(_("item of the protocol"), max_length=120, blank=True)

    objects = NaturalKeyManager.from_queryset(MilestoneQuerySet)()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("initiative", "number")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="milestone_number"),
            CheckConstraint(condition=Q(weight__gte=1), name="milestone_weight"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title or ''}"

    @property
    def is_dropped(self) -> bool:
        return any(getattr(self, f"dropped_reason_{code}") for code in LANGUAGES)

    @property
    def is_open(self) -> bool:
        return self.actual is None and not self.is_dropped


class DateRevision(AppendOnly):
    """A promised date that was moved: this is how slippage is seen."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="date_revisions", verbose_name=_("initiative")
    )
    number = models.PositiveIntegerField(_("number"))
    milestone = models.ForeignKey(
        Milestone,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="date_revisions",
        verbose_name=_("milestone"),
    )
    field = LineField(
        _("date"),
        max_length=20,
        choices=[
            ("planned_start", _("Planned start")),
            ("planned_end", _("Planned end")),
            ("planned", _("Planned date of a milestone")),
        ],
    )
    old = PartialDateField(_("old date"))
    new = PartialDateField(_("new date"))
    reason = ProseField(_("reason"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = person(_("recorded by"))

    objects = AppendOnlyManager()
    natural_fields = ("initiative__code", "number")

    class Meta:
        verbose_name = _("moved date")
        verbose_name_plural = _("moved dates")
        ordering = ("initiative", "number")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="date_revision_number"),
            CheckConstraint(
                condition=Q(field="planned", milestone__isnull=False)
                | Q(field__in=["planned_start", "planned_end"], milestone__isnull=True),
                name="date_revision_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.old or '?'} → {self.new or '?'}"
