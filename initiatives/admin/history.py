"""The histories: what changed, which dates moved, which status was entered."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.admin.records import HistoryAdmin, in_four


@admin.register(models.Change)
class ChangeAdmin(HistoryAdmin):
    list_display = ("recorded_at", "recorded_by", "action", "model", "initiative", "names")
    list_filter = ("action",)
    list_select_related = ("recorded_by", "initiative")
    folded = search_fields = ("initiative__search_text",)
    fields = ("recorded_at", "recorded_by", "action", "model", "key", "initiative", "values")
    readonly_fields = ("recorded_at", "recorded_by", "values")

    @admin.display(description=_("fields"))
    def names(self, change):
        return ", ".join(change.fields)

    @admin.display(description=_("fields"))
    def values(self, change):
        lines = ((name, old or "–", new or "–") for name, (old, new) in change.fields.items())
        return format_html_join("", "<p><b>{}</b>: {} → {}</p>", lines)


@admin.register(models.DateRevision)
class DateRevisionAdmin(HistoryAdmin):
    list_display = ("initiative", "field", "milestone", "old", "new", "recorded_at")
    list_filter = ("field",)
    list_select_related = ("initiative", "milestone")
    folded = search_fields = ("initiative__search_text",)


@admin.register(models.StatusChange)
class StatusChangeAdmin(HistoryAdmin):
    list_display = ("initiative", "number", "from_status", "to_status", "effective", "recorded_at")
    list_filter = ("to_status", "origin")
    list_select_related = ("initiative",)
    folded = search_fields = ("initiative__search_text",)
    fields = (
        ("initiative", "number"),
        ("from_status", "to_status", "effective"),
        *in_four("reason"),
        ("event", "decided_by", "continued_in"),
        ("corrects", "origin"),
        ("recorded_at", "recorded_by", "approved_by"),
    )
