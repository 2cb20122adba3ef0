"""The audit of accounts: who signed in from where, and who was given which right.

Administrators read it, and nobody changes it.
"""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from initiatives import models
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.officer_names import officer_column
from initiatives.desk.admin.records import HistoryAdmin


@admin.register(models.AccountEvent)
class AccountEventAdmin(HistoryAdmin):
    list_display = ("recorded_at", "act", "whose", "who", "address", "device", "detail")
    whose = officer_column(models.AccountEvent, "account")
    who = officer_column(models.AccountEvent, "by")
    list_filter = ("recorded_at", "act", ("account", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("account", "by")
    search_fields = ("account__username", "account__last_name", "address", "detail")
    fields = (("recorded_at", "act"), ("account", "by"), ("address", "device"), "detail")
    readonly_fields = ("recorded_at", "act", "account", "by", "address", "device", "detail")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rights_of(request).is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return rights_of(request).is_superuser
