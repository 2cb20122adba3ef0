"""What an officer did to several records at once, so that it has one cause and one page."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import ChangeSetKind
from initiatives.fields import LineField
from initiatives.models.checks import CheckConstraint
from initiatives.models.events import Event
from initiatives.models.record import NaturalKeyManager, Record


class ChangeSet(Record):
    """One save that touched several records; its changes, statuses and requests point to it.

    `token` is that of the form that was sent: the same form is never saved twice. `undone_at` says
    when somebody took the statuses of the set back.
    """

    kind = LineField(_("kind"), max_length=20, choices=ChangeSetKind.choices)
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("event")
    )
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("token",)

    class Meta:
        verbose_name = _("joint entry")
        verbose_name_plural = _("joint entries")
        ordering = ("-created_at", "-id")
        constraints = [
            CheckConstraint(
                condition=Q(kind__in=ChangeSetKind.values), name="change_set_kind_known"
            )
        ]

    def __str__(self) -> str:
        label = self.get_kind_display()
        return f"{label}: {self.event}" if self.event_id else label
