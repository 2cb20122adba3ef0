"""Desks and their members."""

from django.contrib import admin

from initiatives import models
from initiatives.desk.admin.records import RecordAdmin, RowInline


class MemberInline(RowInline):
    model = models.DeskMember
    fields = ("user", "role", "digest_language")
    autocomplete_fields = ("user",)


@admin.register(models.Desk)
class DeskAdmin(RecordAdmin):
    role_to_edit = None  # superusers
    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name", "countries", "sectors", "covers_all")
    autocomplete_fields = ("countries", "sectors")
    inlines = (MemberInline,)
