"""Sources, and the citations that tie claims to them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.desk.admin.clues import ToldByAddress
from initiatives.desk.admin.documents import CarriesDocument
from initiatives.desk.admin.records import RecordAdmin
from initiatives.desk.admin.source_addresses import AddressFilter, SettlesAddress
from initiatives.desk.forms.source import SourceForm
from initiatives.models import Citation
from initiatives.models.evidence import TARGETS


@admin.register(models.Source)
class SourceAdmin(ToldByAddress, CarriesDocument, SettlesAddress, RecordAdmin):
    form = SourceForm
    list_display = ("title", "publisher", "kind", "language", "published", "is_public")
    list_filter = ("kind", "is_public", AddressFilter)
    search_fields = ("title", "publisher", "slug", "url")
    fields = (
        "title",
        ("slug", "kind", "is_public"),
        ("publisher", "language"),
        "url",
        ("published", "accessed_on"),
        "archived_url",
        "document_shown",
        "document_file",
        ("document_is_public", "document_removed"),
    )
    readonly_fields = ("document_shown",)
    prepopulated_fields = {"slug": ("title",)}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only a document that is there can be removed."""
        fields = super().get_fields(request, obj)
        return fields if obj and obj.document else (*fields[:-1], "document_is_public")


@admin.register(models.Citation)
class CitationAdmin(RecordAdmin):
    counts_all = False
    ordering = ("-pk",)  # by source and place they would all be sorted for each page
    list_display = ("source", "locator", "claim")
    list_filter = ("source__kind",)
    list_select_related = ("source", *TARGETS)
    search_fields = ("source__title", "source__slug", "locator")
    fields = ("source", "locator", "quote", *TARGETS)
    autocomplete_fields = ("source", *TARGETS)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, obj)

    @admin.display(description=_("claim"))
    def claim(self, citation: Citation) -> Model:
        return next(filter(None, (getattr(citation, name) for name in TARGETS)))
