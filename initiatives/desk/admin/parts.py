"""Milestones and funding by themselves: to search them, and to cite the source of each."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from initiatives import models
from initiatives.desk.admin.filters import Currencies
from initiatives.desk.admin.inlines import (
    FUNDING_CHOICES,
    FUNDING_FIELDS,
    MILESTONE_FIELDS,
    CitationInline,
)
from initiatives.desk.admin.pagination import RelatedInUse
from initiatives.desk.admin.records import RecordAdmin, in_four
from initiatives.desk.forms import FundingForm, PromiseForm


class PartAdmin(RecordAdmin):
    """A row that stays with its initiative for good."""

    counts_all = False
    inlines = (CitationInline,)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return () if obj is None else ("initiative",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)


@admin.register(models.Milestone)
class MilestoneAdmin(PartAdmin):
    form = PromiseForm
    list_display = ("title", "initiative", "planned", "actual", "responsible")
    list_filter = (("responsible", RelatedInUse),)
    list_select_related = ("initiative", "responsible")
    search_fields = ("initiative__code", *in_four("title")[0])
    fields = ("initiative", *MILESTONE_FIELDS, "moved_because")
    autocomplete_fields = ("initiative", "responsible")


@admin.register(models.Funding)
class FundingAdmin(PartAdmin):
    form = FundingForm
    list_display = ("__str__", "initiative", "provider", "instrument", "date")
    list_filter = ("type", "instrument", ("currency", Currencies))
    list_select_related = ("initiative", "provider")
    folded = search_fields = (
        "initiative__search_text",
        "provider__search_text",
        "receiver__search_text",
    )
    fields = ("initiative", *FUNDING_FIELDS)
    autocomplete_fields = ("initiative", *FUNDING_CHOICES)
