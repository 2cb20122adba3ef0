"""Desks and their members."""

from django.contrib import admin

from initiatives import models
from initiatives.admin.records import RecordAdmin, RowInline


class MemberInline(RowInline):
    model = models.DeskMember
    fields = ("user", "role")
    autocomplete_fields = ("user",)


@admin.register(models.Desk)
class DeskAdmin(RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name", "countries", "sectors")
    autocomplete_fields = ("countries", "sectors")
    inlines = (MemberInline,)
