"""What belongs to an initiative, as rows of its form."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.desk.admin.citing import CitedRows
from initiatives.desk.admin.records import HistoryInline, RowInline, in_four
from initiatives.desk.admin.rows import OneLineRows
from initiatives.desk.forms import AmountsForm, SectorFormSet
from initiatives.desk.forms.cited_rows import CITED, MainSectorForm
from initiatives.desk.forms.in_place import (
    NEW_ORGANISATION,
    NEW_RECEIVER,
    NEW_SOURCE,
    CitingRowForm,
    MoneyRowForm,
    OrganisationRowForm,
    SourceRowForm,
)


class CountryInline(OneLineRows):
    model = models.InitiativeCountry
    section = "who"
    main = ("country", "role")
    blank = 2  # whoever cooperates is two at least
    fields = ("country", "role", "percent")
    autocomplete_fields = ("country",)


class SectorInline(OneLineRows):
    model = models.InitiativeSector
    form = MainSectorForm
    formset = SectorFormSet
    section = "who"
    main = ("sector", "is_main")
    fields = ("sector", "is_main", "percent")
    autocomplete_fields = ("sector",)


class OrganisationInline(OneLineRows):
    model = models.InitiativeOrganisation
    form = OrganisationRowForm
    section = "who"
    main = ("organisation", "role")
    fields = ("organisation", "role", NEW_ORGANISATION)
    autocomplete_fields = ("organisation",)


MILESTONE_FIELDS = (
    *in_four("title"),
    ("planned", "actual", "weight"),
    ("responsible", "protocol_reference"),
    *in_four("dropped_reason"),
)


class MilestoneInline(CitedRows):
    model = models.Milestone
    form = CitingRowForm
    section = "when"
    main = ("title", "planned")
    only_stored = ("dropped_reason",)
    blank = 2
    fields = (*MILESTONE_FIELDS, CITED, NEW_SOURCE)
    autocomplete_fields = ("responsible",)
    show_change_link = True


FUNDING_FIELDS = (
    ("type", "instrument", "date"),
    ("amount_kind", "amount", "amount_max", "currency"),
    ("provider", "provider_country", "receiver", "reference"),
    ("usd_rate", "usd_rate_on", "usd_rate_source"),
    ("value_date", "transaction_type", "finance_type"),
    *in_four("note"),
)
FUNDING_CHOICES = ("provider", "receiver", "provider_country", "usd_rate_source")


class FundingInline(CitedRows):
    model = models.Funding
    form = MoneyRowForm
    section = "money"
    main = ("type", "amount", "currency", "provider", "date", "instrument")
    fields = (*FUNDING_FIELDS, NEW_ORGANISATION, NEW_RECEIVER, CITED, NEW_SOURCE)
    autocomplete_fields = FUNDING_CHOICES
    show_change_link = True


class BudgetInline(OneLineRows):
    model = models.Budget
    form = AmountsForm
    section = "money"
    folded = True
    main = ("type", "status", "start", "end", "amount", "currency")
    fields = (("type", "status", "start", "end"), ("amount", "currency", "value_date"))


class EventInline(CitedRows):
    """What an event decided is a claim about the initiative, so there it is cited."""

    model = models.InitiativeEvent
    form = CitingRowForm
    section = "events"
    main = ("event", "relation")
    fields = (("event", "relation", "protocol_reference"), *in_four("decision"), CITED, NEW_SOURCE)
    autocomplete_fields = ("event",)
    claim_of = "initiative"


class CitationInline(RowInline):
    model = models.Citation
    fields = ("source", "locator", "quote")
    autocomplete_fields = ("source",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "quote":
            field.widget.attrs["rows"] = 2  # of a row, which it would make tall
        return field


class SourceInline(OneLineRows):
    """The sources of an initiative itself."""

    model = models.Citation
    form = SourceRowForm
    section = "sources"
    main = ("source", "locator")
    fields = ("source", "locator", "quote", NEW_SOURCE)
    autocomplete_fields = ("source",)


class ExternalIdInline(OneLineRows):
    model = models.ExternalId
    section = "sources"
    folded = True
    main = fields = ("scheme", "value")


class StatusHistoryInline(HistoryInline):
    model = models.StatusChange
    fk_name = "initiative"
    fields = readonly_fields = (
        "to_status",
        "effective",
        "reason",
        "recorded_by",
        "approved_by",
        "recorded_at",
        "correction",
    )
    verbose_name_plural = _("status history")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        later = models.StatusChange.objects.filter(
            initiative=OuterRef("initiative"), number__gt=OuterRef("number")
        )
        rows = super().get_queryset(request).select_related("recorded_by", "approved_by")
        return rows.annotate(is_last=~Exists(later))

    @admin.display(description=_("correction"))
    def correction(self, change: Any) -> Any:
        if not change.is_last:
            return ""
        page = reverse("admin:initiatives_initiative_status", args=[change.initiative_id])
        return format_html('<a href="{}?corrects={}">{}</a>', page, change.pk, _("Correct"))


class DateRevisionInline(HistoryInline):
    model = models.DateRevision
    fields = readonly_fields = ("field", "milestone", "old", "new", "reason", "recorded_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("milestone")


class ClassificationInline(HistoryInline):
    """Codes of others, which come in with an activity of IATI and go out with it."""

    model = models.Classification
    fields = readonly_fields = ("element", "vocabulary", "code", "share", "name")


class ExternalTextInline(HistoryInline):
    model = models.ExternalText
    fields = readonly_fields = ("field", "language", "text")
