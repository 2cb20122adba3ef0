"""The public register: every public version of an initiative or event, appended for good."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import EditionCause, EditionKind, EditionState
from initiatives.fields import LineField
from initiatives.models.checks import CheckConstraint
from initiatives.models.record import AppendOnly, AppendOnlyManager, AppendOnlyQuerySet

SHA256_LENGTH = 64  # hexadecimal digits


class EditionQuerySet(AppendOnlyQuerySet["Edition"]):
    def of(self, kind: str, *keys: str) -> Self:
        return self.filter(kind=kind, key__in=keys)

    def last_of_each(self) -> Self:
        """Of each key the edition with the highest number, which an embargo may still hide."""
        return self._without_later()

    def current(self, at: datetime | None = None) -> Self:
        """Of each key the edition that holds at the instant `at` (default: now).

        It is the one with the highest number of those that have begun by then, published or
        withdrawn. Of one key or of a few; for all of them it reads the whole table.
        """
        return self._without_later(since__lte=at or timezone.now())

    def _without_later(self, **begun: datetime) -> Self:
        same = {name: models.OuterRef(name) for name in ("kind", "key")}
        later = Edition.objects.order_by().filter(number__gt=models.OuterRef("number"), **same)
        return self.filter(~models.Exists(later.filter(**begun)), **begun)


class Edition(AppendOnly):
    """One public version of what `kind` and `key` name, an initiative's code or an event's slug.

    `position` is the place in the register, in the order of commits; `number` counts the editions
    of one key. `since` is the instant from which on it holds, ahead of its time under an embargo.
    `body` is the public record as canonical JSON (RFC 8785), in the state “withdrawn” the public
    reason; it may be emptied later (`redacted_at`), since the chain stands on `body_digest`.
    `digest` is the SHA-256 of the line and of the digest before it, see `editions.chain`. `batch`
    is the position of the first edition that was written together with this one.
    """

    position = models.BigIntegerField(primary_key=True)
    kind = LineField(max_length=10, choices=EditionKind.choices)
    key = LineField(max_length=80)
    number = models.PositiveIntegerField()
    since = models.DateTimeField()
    issued_at = models.DateTimeField(default=timezone.now)
    state = LineField(max_length=10, choices=EditionState.choices)
    body = models.TextField(blank=True)
    body_digest = models.CharField(max_length=SHA256_LENGTH)
    digest = models.CharField(max_length=SHA256_LENGTH, unique=True)
    cause = LineField(max_length=12, choices=EditionCause.choices)
    batch = models.BigIntegerField()
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = AppendOnlyManager.from_queryset(EditionQuerySet)()
    natural_fields = ("position",)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="edition_number"),
            CheckConstraint(condition=Q(kind__in=EditionKind.values), name="edition_kind_known"),
            CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
            CheckConstraint(condition=Q(cause__in=EditionCause.values), name="edition_cause_known"),
            CheckConstraint(
                condition=Q(
                    position__gte=1, number__gte=1, batch__gte=1, batch__lte=models.F("position")
                ),
                name="edition_counts_from_one",
            ),
            CheckConstraint(
                condition=Q(redacted_at__isnull=False, body="")
                | Q(redacted_at__isnull=True) & ~Q(body=""),
                name="edition_body_or_redacted",
            ),
        ]
        indexes = [
            models.Index(fields=["since"], name="edition_since"),
            # Of a few rows among many: when a text was taken out last.
            models.Index(
                fields=["redacted_at"],
                name="edition_redacted",
                condition=Q(redacted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class ReviewCheck(AppendOnly):
    """When the desk last looked at a record, as the public is told: it stands beside the editions.

    `due_on` is the last day on which the record does not count as stale. A check makes no edition,
    since nothing in the record has changed.
    """

    key = LineField(max_length=80)
    checked_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyManager.from_queryset(AppendOnlyQuerySet)()
    natural_fields = ("key", "recorded_at")

    class Meta:
        verbose_name = _("check by the desk")
        verbose_name_plural = _("checks by the desk")
        ordering = ("key", "recorded_at")
        constraints = [
            models.UniqueConstraint(fields=["key", "recorded_at"], name="review_check_instant")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.recorded_at:%Y-%m-%d}"
