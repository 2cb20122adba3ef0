"""Countries, sectors, organisations: the lists that records point to."""

from django.contrib import admin

from initiatives import models
from initiatives.desk.admin.pagination import RelatedInUse
from initiatives.desk.admin.records import RecordAdmin, in_four
from initiatives.desk.forms import NamedForm


class NamedAdmin(RecordAdmin):
    form = NamedForm
    folded = search_fields = ("search_text",)


@admin.register(models.Country)
class CountryAdmin(NamedAdmin):
    role_to_edit = None  # superusers
    list_display = ("name", "iso2", "iso3", "order")
    fields = (("iso2", "iso3", "order"), *in_four("name"), "aliases")


@admin.register(models.Sector)
class SectorAdmin(NamedAdmin):
    role_to_edit = None  # superusers
    list_display = ("name", "slug", "parent", "dac_code", "order")
    list_filter = (("parent", RelatedInUse),)
    list_select_related = ("parent",)
    fields = (*in_four("name"), "aliases", ("slug", "dac_code", "order"), "parent")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name_en",)}


@admin.register(models.Organisation)
class OrganisationAdmin(NamedAdmin):
    counts_all = False
    list_display = ("name", "acronym", "kind", "country")
    list_filter = ("kind", ("country", RelatedInUse))
    list_select_related = ("country",)
    fields = (
        *in_four("name"),
        "aliases",
        ("slug", "acronym", "kind"),
        ("country", "iati_id", "iati_type"),
    )
    autocomplete_fields = ("country",)
    prepopulated_fields = {"slug": ("name_en",)}
