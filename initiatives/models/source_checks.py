"""What the addresses of sources said when they were asked: for the desk alone."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import AddressState
from initiatives.fields import LineField
from initiatives.models.checks import CheckConstraint
from initiatives.models.evidence import Source
from initiatives.models.record import NaturalKey, NaturalKeyManager


class SourceCheckQuerySet(models.QuerySet["SourceCheck"]):
    def of_today(self) -> Self:
        """Those about the address that the source has now: another one was not asked yet."""
        return self.filter(address=F("source__url"))

    def to_settle(self, state: str) -> Self:
        """Those that wait for an officer: nobody let them be, or took over what was offered."""
        taken_over = ~Q(archived_copy="") & Q(source__archived_url=F("archived_copy"))
        waiting = self.of_today().filter(state=state)
        return waiting.exclude(settled_state=F("state")).exclude(taken_over)


class SourceCheck(NaturalKey):
    """The last answer of the `address` of a source.

    `failures` counts the rounds in which it was not there, one after the other, the first of them
    at `failed_since`; one bad moment is no death. Before `ask_after` it is not asked again.
    `new_address` is where it has moved to for good, `archived_copy` what an archive of the web
    offers in its place. `settled_state` is the state that an officer has looked at and let be.
    """

    source = models.OneToOneField(Source, models.CASCADE, related_name="check_of_address")
    address = models.URLField(_("address"), max_length=1000)
    state = LineField(_("address"), max_length=10, choices=AddressState.choices)
    status = models.PositiveSmallIntegerField(null=True)
    checked_at = models.DateTimeField(default=timezone.now)
    ask_after = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_since = models.DateTimeField(null=True)
    new_address = models.URLField(max_length=1000, blank=True)
    archived_copy = models.URLField(max_length=1000, blank=True)
    settled_state = LineField(max_length=10, blank=True)

    objects = NaturalKeyManager.from_queryset(SourceCheckQuerySet)()
    natural_fields = ("source__slug",)

    class Meta:
        verbose_name = _("check of an address")
        verbose_name_plural = _("checks of addresses")
        ordering = ("source",)
        constraints = [
            CheckConstraint(
                condition=Q(state__in=AddressState.values), name="source_check_state_known"
            )
        ]
        indexes = [models.Index(fields=["state"], name="source_check_state")]

    def __str__(self) -> str:
        return f"{self.address}: {self.state}"


def due(rows: models.QuerySet[Source], *, checked_before: datetime) -> models.QuerySet[Source]:
    """The sources among `rows` with an address that was not asked since then, or may be asked
    again by now."""
    now = timezone.now()
    checks = SourceCheck.objects.filter(
        source=models.OuterRef("pk"), address=models.OuterRef("url")
    )
    fresh = Q(ask_after=None, checked_at__gte=checked_before) | Q(ask_after__gt=now)
    return rows.exclude(url="").filter(~models.Exists(checks.filter(fresh)))
