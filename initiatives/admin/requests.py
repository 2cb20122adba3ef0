"""Changes of what is public that wait for a second person: side by side, with the decision."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.actions.asking import lock_what_it_publishes
from initiatives.actions.edits import outdated
from initiatives.actions.rows_before import fetch_targets, row_before, rows_before
from initiatives.admin.access import refuse_the_unentitled, rights_of, roles_in
from initiatives.admin.records import HistoryAdmin
from initiatives.admin.steps import preview_address
from initiatives.admin.taken_out import tell_taken_out
from initiatives.choices import ChangeAction, DeskRole, RequestKind, RequestState
from initiatives.forms.decisions import ChangeDecisionForm
from initiatives.forms.mending import MendForm
from initiatives.forms.record import is_key
from initiatives.models.texts import text_of
from initiatives.timeline import Wording


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

    def locked(self, request, object_id):
        """The record that it would publish is locked too: what is approved is what was read."""
        if is_key(object_id):
            for asked in self.get_queryset(request).filter(pk=object_id):
                lock_what_it_publishes(asked)
        return super().locked(request, object_id)

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        asked = self.locked(request, object_id)
        target = target_of(asked)
        edits = list(_side_by_side(asked, rights_of(request)))
        overtaken = any(edit["outdated"] for edit in edits)
        form = ChangeDecisionForm(request.POST or None, instance=asked, outdated=overtaken)
        if request.method == "POST":
            refuse_the_unentitled(request, asked)
            if form.is_valid() and form.enter(by=request.user):
                tell_taken_out(request, [form])
                messages.success(request, _("The decision is recorded."))
                return redirect("admin:initiatives_changerequest_changelist")
        return self._page(request, asked, target, edits=edits, overtaken=overtaken, form=form)

    def get_urls(self):
        view = self.admin_site.admin_view(self.mend_view)
        name = "initiatives_changerequest_mend"
        return [path("<path:object_id>/mend/", view, name=name), *super().get_urls()]

    @transaction.atomic
    def mend_view(self, request, object_id):
        """Mend what was rejected, and ask again."""
        asked = self.locked(request, object_id)
        if not may_be_mended(asked, rights_of(request)):
            raise PermissionDenied
        wording = Wording(asked.edits, rights=rights_of(request))
        form = MendForm(
            request.POST or None,
            asked=asked,
            headings=list(map(wording.heading, asked.edits)),
            labels=[{line.name: line.label for line in wording.lines(e)} for e in asked.edits],
        )
        if request.method == "POST" and form.is_valid():
            again = form.enter(by=request.user)
            if again is not None:
                tell_taken_out(request, [form])
                messages.success(request, _("Your change waits for approval again."))
                return redirect("admin:initiatives_changerequest_change", again.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mend and ask again"),
            "subtitle": self.what(asked),
            "opts": self.opts,
            "asked": asked,
            "form": form,
        }
        return TemplateResponse(request, "admin/initiatives/mend.html", context)

    def _page(self, request, asked, target, **shown):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change that waits for approval") if asked.waits else _("Change request"),
            "subtitle": str(target or self.what(asked)),
            "opts": self.opts,
            "asked": asked,
            "publishes": asked.kind == RequestKind.PUBLICATION,
            "preview": self._preview(asked),
            "may_mend": may_be_mended(asked, rights_of(request)),
            "target_page": self._target_page(request, target),
            **roles_in(request, asked),
            **shown,
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


def may_be_mended(asked, rights) -> bool:
    """An edit of one's own that was rejected; a draft is mended in its own form."""
    rejected = asked.state == RequestState.REJECTED and asked.kind == RequestKind.EDIT
    mine = asked.created_by_id == rights.user.pk
    return rejected and mine and rights.has(DeskRole.EDITOR, asked.initiative)


def target_of(asked):
    """The row on whose page the change was made; None if it is to be added, or went."""
    if asked.initiative is not None:
        return asked.initiative
    return row_before({"model": asked.model, "key": asked.key, "action": "", "fields": {}})


def _side_by_side(asked, rights):
    """Each edit in words: what it starts from, what it asks for, and what is stored by now."""
    now = _stored_now(asked.edits) if asked.waits else [{} for _edit in asked.edits]
    later = [
        {**edit, "fields": {name: [None, text] for name, text in values.items()}}
        for edit, values in zip(asked.edits, now, strict=True)
    ]
    wording = Wording([*asked.edits, *later], rights=rights)
    for edit, changed in zip(asked.edits, later, strict=True):
        stored = {line.name: line.new for line in wording.lines(changed)}
        lines = [(line, line.name in stored, stored.get(line.name)) for line in wording.lines(edit)]
        yield {"heading": wording.heading(edit), "lines": lines, "outdated": bool(stored)}


def _stored_now(edits):
    """For each edit: field name → text, of the fields that are no longer what it starts from."""
    changed = [edit for edit in edits if edit["action"] == ChangeAction.CHANGED]
    rows = rows_before(changed)
    fetch_targets(changed, rows)
    stored = iter(rows)
    starts = [next(stored) if edit["action"] == ChangeAction.CHANGED else None for edit in edits]
    return [
        {} if row is None else {name: text_of(row, name) for name in outdated(edit, row)}
        for edit, row in zip(edits, starts, strict=True)
    ]
