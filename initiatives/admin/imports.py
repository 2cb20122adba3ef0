"""What files brought, to look up."""

from django.contrib import admin

from initiatives import models
from initiatives.admin.records import HistoryAdmin


@admin.register(models.ImportBatch)
class ImportBatchAdmin(HistoryAdmin):
    list_display = ("file_name", "state", "started_at", "created_by")
    list_filter = ("state",)
    list_select_related = ("created_by",)
    search_fields = ("file_name", "sha256")
    readonly_fields = ("started_at", "created_by")


@admin.register(models.ImportRow)
class ImportRowAdmin(HistoryAdmin):
    list_display = ("number", "key", "action", "batch")
    list_filter = ("action",)
    list_select_related = ("batch",)
    search_fields = ("key",)
