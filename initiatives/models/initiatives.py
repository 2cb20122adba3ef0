"""The initiative: one thing that countries said they would do together."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Delivered, Kind, Language, Publication, Stated
from initiatives.fields import (
    ChoiceSetField,
    FoldedTextField,
    LineField,
    PartialDateField,
    ProseField,
)
from initiatives.fields.choice_set import split
from initiatives.lifecycle import Status
from initiatives.models.checks import CheckConstraint
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.record import NaturalKeyManager, Record, person
from initiatives.rules import Finding

_SEARCHED = tuple(
    f"{name}_{language}"
    for name in ("title", "summary", "description", "outcome", "not_delivered")
    for language in Language.values
)


class Initiative(Record):
    """`status` and `status_since` repeat the last StatusChange; only its verb writes them."""

    code = LineField(
        _("code"),
        max_length=20,
        unique=True,
        help_text=_("Given once and never used again, for example CI-2025-0007."),
        validators=[RegexValidator(r"^CI-\d{4}-\d{4,8}\Z", _("A code looks like CI-2025-0007."))],
    )
    title = LineField(_("title"), max_length=250)
    summary = ProseField(_("summary"), max_length=500, blank=True)
    description = ProseField(_("description"), blank=True)
    kind = LineField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)

    status = LineField(
        _("status"), max_length=20, choices=Status.choices, default=Status.PLANNED, editable=False
    )
    status_since = PartialDateField(_("in this status since"), editable=False)
    planned_start = PartialDateField(_("planned start"))
    planned_end = PartialDateField(_("planned end"))
    actual_start = PartialDateField(_("actual start"))
    actual_end = PartialDateField(_("actual end"))
    first_planned_end = PartialDateField(_("first promised end"), editable=False)
    outcome = ProseField(_("outcome"), blank=True)
    # Of what is implemented; the verb that enters another status empties both.
    delivered = LineField(_("delivered"), max_length=4, blank=True, choices=Delivered.choices)
    not_delivered = ProseField(_("what was not delivered"), max_length=250, blank=True)

    nothing_stated = ChoiceSetField(
        _("checked: the sources do not state"),
        members=Stated.choices,
        help_text=_(
            "Tick only what you looked for in every source and did not find. The public page then "
            "says so; without a tick it says that nothing is recorded."
        ),
    )

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    desk = models.ForeignKey(
        "Desk",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("desk"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives_owned",
        verbose_name=_("responsible officer"),
    )
    review_every_days = models.PositiveSmallIntegerField(
        _("check every (days)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    # The version of the last change that is no matter of the desk alone; exports tell this one.
    public_version = models.PositiveIntegerField(default=1, editable=False)
    last_checked_at = models.DateTimeField(_("last checked"), null=True, editable=False)
    last_checked_by = person(_("last checked by"))

    publication = LineField(
        _("publication"),
        max_length=20,
        choices=Publication.choices,
        default=Publication.DRAFT,
        editable=False,
    )
    published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    embargo_until = models.DateTimeField(_("not public before"), null=True, blank=True)
    withdrawn_reason = ProseField(_("reason of withdrawal"), blank=True)
    internal_note = ProseField(
        _("internal note"), blank=True, help_text=_("Seen by the desk only, never by the public.")
    )
    search_text = FoldedTextField(sources=("code", *_SEARCHED))

    # What an instance that was made of an edition has besides (editions/instances/).
    record: Any  # its public record, whose type a floor above knows
    known_codes: dict[str, int]
    public_parent: Any  # an Initiative of which the code alone is known, or None
    public_children: list[Any]  # the same
    money: Collection[Any]  # its Funding
    findings: list[Finding]
    flags: list[str]
    stands: Any  # how it stands on the day, whose type a floor above knows
    # Differs wherever what it tells may do so, but for names and language; of a preview ().
    mark: tuple[Any, ...] = ()
    address: str  # of its page, put there by who writes files

    objects = NaturalKeyManager.from_queryset(InitiativeQuerySet)()
    natural_fields = ("code",)

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ("code",)
        indexes = [
            # All that the queue of the desk asks first, so that it does not read the wide rows.
            models.Index(
                fields=[
                    "publication",
                    "embargo_until",
                    "owner",
                    "desk",
                    "status",
                    "status_since",
                    "planned_end",
                    "last_checked_at",
                    "review_every_days",
                    "created_at",
                    "code",
                    "id",
                ],
                name="initiative_work",
            ),
            models.Index(fields=["-updated_at", "-code"], name="initiative_updated"),
        ]
        constraints = [
            CheckConstraint(condition=Q(code__startswith="CI-"), name="initiative_code"),
            CheckConstraint(condition=Q(status__in=Status.values), name="initiative_status_known"),
            CheckConstraint(
                condition=Q(publication__in=Publication.values),
                name="initiative_publication_known",
            ),
            CheckConstraint(condition=Q(kind__in=Kind.values), name="initiative_kind_known"),
            CheckConstraint(
                condition=Q(delivered__in=["", *Delivered.values]),
                name="initiative_delivered_known",
            ),
            CheckConstraint(
                condition=Q(review_every_days__gte=1) & Q(review_every_days__lte=3650),
                name="initiative_review_interval",
            ),
            CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="initiative_is_not_its_own_parent",
            ),
        ]

    @property
    def was_published(self) -> bool:
        """Whether the public may have seen it, now or ever."""
        shown = (Publication.PUBLISHED, Publication.WITHDRAWN)
        return self.published_at is not None or self.publication in shown

    def __str__(self) -> str:
        return f"{self.code} {self.title or ''}".strip()

    @property
    def not_in_sources(self) -> dict[str, bool]:
        """By code of `Stated`: whether somebody looked for it in all sources and found nothing."""
        checked = split(self.nothing_stated)
        return {code: code in checked for code in Stated.values}


class CodeCounter(models.Model):
    """The last number given to a code in a year; it only rises, so no code comes back."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
