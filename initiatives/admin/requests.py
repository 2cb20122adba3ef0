"""Changes of what is public that wait for a second person: side by side, with the decision."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.actions.edits import outdated, row_before
from initiatives.admin.access import refuse_the_unentitled, roles_in
from initiatives.admin.records import HistoryAdmin
from initiatives.admin.steps import preview_address
from initiatives.choices import ChangeAction, RequestKind
from initiatives.forms.decisions import ChangeDecisionForm
from initiatives.models.texts import text_of


@admin.register(models.ChangeRequest)
class ChangeRequestAdmin(HistoryAdmin):
    """Its page shows one request and, while that waits, asks for the decision."""

    list_display = ("what", "kind", "state", "created_by", "created_at", "approver")
    list_filter = ("state", "kind")
    list_select_related = ("initiative", "created_by", "approver")
    ordering = (F("decided_at").desc(nulls_first=True), "-created_at")
    folded = search_fields = ("initiative__search_text",)

    @admin.display(description=_("what"))
    def what(self, asked):
        return asked.initiative or "/".join(map(str, asked.key))

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self.locked(request, object_id)
        target = target_of(asked)
        edits = [_shown(edit) for edit in asked.edits] if asked.waits else asked.edits
        form = ChangeDecisionForm(
            request.POST or None, instance=asked, outdated=_any_outdated(edits)
        )
        if request.method == "POST":
            refuse_the_unentitled(request, asked, target)
            if form.is_valid() and form.enter(by=request.user):
                messages.success(request, _("The decision is recorded."))
                return redirect("admin:initiatives_changerequest_changelist")
        return self._page(request, asked, target, edits, form)

    def _page(self, request, asked, target, edits, form):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change that waits for approval") if asked.waits else _("Change request"),
            "subtitle": str(target or self.what(asked)),
            "opts": self.opts,
            "asked": asked,
            "publishes": asked.kind == RequestKind.PUBLICATION,
            "edits": edits,
            "preview": self._preview(asked),
            "target_page": self._target_page(request, target),
            **roles_in(request, asked, target),
            "form": form,
        }
        return TemplateResponse(request, "admin/initiatives/request.html", context)

    def _preview(self, asked):
        shows = asked.waits and asked.initiative is not None
        return preview_address(asked.initiative, asked) if shows else ""

    def _target_page(self, request, target):
        if target is None:
            return ""
        target_admin = self.admin_site.get_model_admin(type(target))
        if not target_admin.has_view_permission(request, target):
            raise PermissionDenied
        return reverse(f"admin:initiatives_{target._meta.model_name}_change", args=[target.pk])


def target_of(asked):
    """The row on whose page the change was made; None if it is to be added, or went."""
    if asked.initiative is not None:
        return asked.initiative
    return row_before({"model": asked.model, "key": asked.key, "action": "", "fields": {}})


def _shown(edit):
    """The edit with what is stored now under `now`, where that is not what the edit knew."""
    row = row_before(edit) if edit["action"] == ChangeAction.CHANGED else None
    if row is None:
        gone = edit["action"] != ChangeAction.CREATED and row_before(edit) is None
        return {**edit, "gone": gone}
    return {**edit, "now": {name: text_of(row, name) for name in outdated(edit, row)}}


def _any_outdated(edits):
    return any(edit.get("now") for edit in edits)
