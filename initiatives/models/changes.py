"""Who changed what, when: the record that every action leaves."""

from collections.abc import Iterable
from typing import Any, TypedDict

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import ChangeAction
from initiatives.fields import LineField
from initiatives.models.initiatives import Initiative
from initiatives.models.record import AppendOnly, AppendOnlyManager, person

# Histories name requests of a status by a name of their own from when these were rows of another
# kind. A history tells of requests by themselves.
ASKED = ("changerequest", "statusrequest")
# What they ask for has not happened yet, and what readers report may not be so.
REQUESTS = (*ASKED, "errorreport")
CHECKED = "last_checked_at"
# Changes that leave what a record says: it is asked for something, published or checked.
NO_EDIT = Q(model__in=REQUESTS) | Q(fields__has_key="publication") | Q(fields__has_key=CHECKED)


class Edit(TypedDict):
    """What is to be done to one row, in the words of `Change`; as JSON in requests and imports.

    `action` is one of ChangeAction; `fields` maps a name to the value before and the one after, as
    `texts.text_of` writes them, or to two lists of keys where the field points to many rows.
    """

    model: str
    key: list[Any]
    action: str
    fields: dict[str, list[Any]]


def in_field_order(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """The names of fields in the order of the model, and behind them what it does not know: the
    objects of PostgreSQL's jsonb have an order of their own."""
    known = {field.name: place for place, field in enumerate(model._meta.fields)}
    return sorted(names, key=lambda name: known.get(name, len(known)))


class Change(AppendOnly):
    """One save of one row: `fields` maps a field's name to its value before and after.

    `model` and `key` name the row by its natural key, so that the record outlives the row.
    `version` is the one that the save gave to the record on whose page the row is edited: to its
    initiative, or to the row itself where it belongs to none.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="changes"
    )
    model = LineField(_("what"), max_length=60)
    key = models.JSONField(_("key"), encoder=DjangoJSONEncoder)
    action = LineField(_("action"), max_length=10, choices=ChangeAction.choices)
    fields = models.JSONField(_("fields"), default=dict, encoder=DjangoJSONEncoder)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = person(_("recorded by"))
    approved_by = person(_("approved by"))
    version = models.PositiveIntegerField(_("version"), null=True, editable=False)
    reverts = models.ForeignKey(
        "self",
        models.RESTRICT,  # a draft that is erased takes both rows with it
        null=True,
        blank=True,
        editable=False,
        related_name="reverted_by",
        verbose_name=_("reverts"),
    )
    batch = models.ForeignKey(
        "ImportBatch",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="changes",
        verbose_name=_("import"),
    )
    change_set = models.ForeignKey(
        "ChangeSet",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="changes",
        verbose_name=_("joint entry"),
    )

    objects = AppendOnlyManager()
    natural_fields = ("id",)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ("-recorded_at", "-id")
        indexes = [
            models.Index(fields=["initiative", "recorded_at"], name="change_of_initiative"),
            models.Index(fields=["-recorded_at", "-id"], name="change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.model}"
