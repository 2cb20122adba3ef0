"""The list of imports, and the addresses of their steps. Officers see their own, chiefs all."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.bounds import found
from initiatives.desk.admin.imports import workflow_actions
from initiatives.desk.admin.imports.page import PreviewPage, line_of
from initiatives.desk.admin.imports.sending import SendingPage
from initiatives.desk.admin.officer_names import officer_column
from initiatives.desk.admin.records import HistoryAdmin
from initiatives.desk.forms.record import is_key
from initiatives.models import ImportBatch, ImportRow


@admin.register(models.ImportBatch)
class ImportBatchAdmin(HistoryAdmin):
    change_list_template = "admin/initiatives/imports/list.html"
    list_display = ("file_name", "state", "started_at", "told", "brought_by")
    brought_by = officer_column(models.ImportBatch, "created_by")
    list_filter = ("state",)
    list_select_related = ("created_by",)
    search_fields = ("file_name", "sha256")

    def get_urls(self) -> list[URLPattern]:
        def address(tail: str, name: str, view: Callable[..., Any]) -> URLPattern:
            view = self.admin_site.admin_view(partial(view, self))
            return path(tail, view, name=f"initiatives_importbatch_{name}")

        return [
            address("send/", "send", SendingPage.visit),
            address("<path:object_id>/apply/", "apply", workflow_actions.apply),
            address("<path:object_id>/undo/", "undo", workflow_actions.undo),
            address("<path:object_id>/failed/", "failed", workflow_actions.failed),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        batch = self.own(request, object_id)
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied  # each step has an address of its own
        return PreviewPage(self, request, batch).answer()

    def own(self, request: HttpRequest, object_id: str, *, to_edit: bool = False) -> ImportBatch:
        """The import of this key: 403 where it is another officer's or not there, or the role has
        gone."""
        if to_edit and rights_of(request).highest < DeskRole.EDITOR:
            raise PermissionDenied
        if is_key(object_id):
            self.get_object(request, object_id)
        return found(self.get_queryset(request), object_id)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_send = rights_of(request).highest >= DeskRole.EDITOR
        return super().changelist_view(request, {"may_send": may_send} | (extra_context or {}))

    @admin.display(description=_("rows by action"))
    def told(self, batch: ImportBatch) -> str:
        return ", ".join(f"{label}: {number}" for label, number in workflow_actions.counted(batch))


@admin.register(models.ImportRow)
class ImportRowAdmin(HistoryAdmin):
    list_display = ("number", "key", "action", "outcome", "batch")
    list_filter = ("action", "outcome")
    list_select_related = ("batch",)
    search_fields = ("key",)
    fields = ("batch", ("number", "key"), ("action", "outcome"), "told", "cells_shown")
    readonly_fields = ("cells_shown",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """They are reached from their import."""
        return False

    @admin.display(description=_("cells"))
    def cells_shown(self, row: ImportRow) -> str:
        lines = list(map(line_of, row.cells.items()))
        return render_to_string("admin/initiatives/edit_lines.html", {"lines": lines})
