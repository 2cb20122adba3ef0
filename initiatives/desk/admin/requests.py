"""Changes of what is public that wait for a second person: side by side, with the decision."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.actions.approvals.asking import lock_what_it_publishes
from initiatives.actions.edits import outdated
from initiatives.actions.rows_before import fetch_targets, row_before, rows_before
from initiatives.choices import ChangeAction, DeskRole, RequestKind, RequestState
from initiatives.desk.admin.access import officer_of, refuse_the_unentitled, rights_of, roles_in
from initiatives.desk.admin.officer_names import officer_column
from initiatives.desk.admin.outlook import outlook_of
from initiatives.desk.admin.records import HistoryAdmin
from initiatives.desk.admin.request_parts import entered, parts_in_words
from initiatives.desk.admin.request_sources import cited_in_request
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.admin.workflow_actions import preview_address
from initiatives.desk.forms.decisions import ChangeDecisionForm
from initiatives.desk.forms.mending import MendForm
from initiatives.desk.forms.record import is_key
from initiatives.desk.forms.status_again import corrected_by
from initiatives.models import ChangeRequest
from initiatives.models.changes import Edit
from initiatives.models.record import Record
from initiatives.models.texts import text_of
from initiatives.rights import Rights
from initiatives.timeline import Wording, names_of
from initiatives.timeline.embargo import embargo_in_words


@admin.register(models.ChangeRequest)
class ChangeRequestAdmin(HistoryAdmin):
    """Its page shows one request and, while that waits, asks for the decision."""

    list_display = ("what", "kind", "state", "asked_by", "created_at", "decided_by")
    list_filter = ("state", "kind")
    list_select_related = ("initiative", "created_by", "approver")
    ordering = (F("decided_at").desc(nulls_first=True), "-created_at")
    folded = search_fields = ("initiative__search_text",)

    asked_by = officer_column(models.ChangeRequest, "created_by")
    decided_by = officer_column(models.ChangeRequest, "approver")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        others = [one for one in changelist.result_list if one.initiative is None]
        names = names_of(others, rights=rights_of(request))
        for change_request in others:
            change_request.__dict__["called"] = names[change_request.pk]
        return changelist

    @admin.display(description=_("what"))
    def what(self, change_request: ChangeRequest) -> str:
        """The record with its embargo, if one is ahead; what is no initiative by its name."""
        if change_request.initiative is None:
            kind = apps.get_model("initiatives", change_request.model)._meta.verbose_name
            return f"{capfirst(kind)}: {change_request.__dict__['called']}"
        words = embargo_in_words(change_request.initiative.embargo_until)
        badge = format_html(' <span class="desk-embargo">{}</span>', words) if words else ""
        return format_html("{}{}", change_request.initiative, badge)

    def locked(self, request: HttpRequest, object_id: str) -> ChangeRequest:
        """The record that it would publish is locked too: what is approved is what was read."""
        if is_key(object_id):
            for change_request in self.get_queryset(request).filter(pk=object_id):
                lock_what_it_publishes(change_request)
        return super().locked(request, object_id)

    @transaction.atomic
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        change_request = self.locked(request, object_id)
        target = target_of(change_request)
        edits = list(_side_by_side(change_request, rights_of(request)))
        overtaken = any(edit["outdated"] for edit in edits)
        form = ChangeDecisionForm(request.POST or None, instance=change_request, outdated=overtaken)
        if request.method == "POST":
            refuse_the_unentitled(request, change_request)
            if form.is_valid() and form.enter(by=officer_of(request)):
                tell_taken_out(request, [form])
                messages.success(request, _("The decision is recorded."))
                return redirect("admin:initiatives_changerequest_changelist")
        return self._page(request, change_request, target, form, edits=edits, overtaken=overtaken)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.mend_view)
        name = "initiatives_changerequest_mend"
        return [path("<path:object_id>/mend/", view, name=name), *super().get_urls()]

    @transaction.atomic
    def mend_view(
        self, request: HttpRequest, object_id: str
    ) -> HttpResponseRedirect | TemplateResponse:
        """Mend what was rejected, and ask again."""
        change_request = self.locked(request, object_id)
        if not may_be_mended(change_request, rights_of(request)):
            raise PermissionDenied
        if change_request.kind == RequestKind.STATUS:
            return redirect(_status_again(change_request))
        wording = Wording(change_request.edits, rights=rights_of(request))
        form = MendForm(
            request.POST or None,
            change_request=change_request,
            headings=list(map(wording.heading, change_request.edits)),
            labels=[
                {line.name: line.label for line in wording.lines(e)} for e in change_request.edits
            ],
        )
        if request.method == "POST" and form.is_valid():
            again = form.enter(by=officer_of(request))
            if again is not None:
                tell_taken_out(request, [form])
                messages.success(request, _("Your change waits for approval again."))
                return redirect("admin:initiatives_changerequest_change", again.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Correct and ask again"),
            "subtitle": str(target_of(change_request) or _name(change_request, request)),
            "opts": self.opts,
            "change_request": change_request,
            "form": form,
        }
        return TemplateResponse(request, "admin/initiatives/mend.html", context)

    def _page(
        self,
        request: HttpRequest,
        change_request: ChangeRequest,
        target: Record | None,
        form: ChangeDecisionForm,
        **shown: Any,
    ) -> TemplateResponse:
        shows = change_request.waits and change_request.initiative is not None
        outlook = outlook_of(change_request) if shows else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change that waits for approval")
            if change_request.waits
            else _("Change request"),
            "subtitle": str(target or _name(change_request, request)),
            "opts": self.opts,
            "change_request": change_request,
            "publishes": change_request.kind == RequestKind.PUBLICATION,
            "preview": self._preview(change_request),
            "may_mend": may_be_mended(change_request, rights_of(request)),
            "target_page": self._target_page(request, target),
            "outlook": outlook,
            "said": _said(request, outlook),
            "unplaced": _unplaced(request, outlook),
            "may_comment": self._may_comment(request, change_request),
            "parts": self._parts(request, change_request, form),
            "cited": list(cited_in_request(change_request, rights_of(request))),
            **roles_in(request, change_request),
            "form": form,
            **shown,
        }
        return TemplateResponse(request, "admin/initiatives/request.html", context)

    def _parts(
        self, request: HttpRequest, change_request: ChangeRequest, form: ChangeDecisionForm
    ) -> list[dict[str, Any]]:
        """What can be approved by itself, if that is more than one part."""
        if not change_request.waits or not self._may_comment(request, change_request):
            return []
        found = parts_in_words(change_request, rights_of(request), form)
        return found if len(found) > 1 else []

    def _may_comment(self, request: HttpRequest, change_request: ChangeRequest) -> bool:
        roles = roles_in(request, change_request)
        return roles["may_decide"] and not roles["is_mine"]

    def _preview(self, change_request: ChangeRequest) -> str:
        initiative = change_request.initiative
        if initiative is None or not change_request.waits:
            return ""
        return preview_address(initiative, change_request)

    def _target_page(self, request: HttpRequest, target: Record | None) -> str:
        if target is None:
            return ""
        target_admin = self.admin_site.get_model_admin(type(target))
        if not target_admin.has_view_permission(request, target):
            raise PermissionDenied
        return reverse(f"admin:initiatives_{target._meta.model_name}_change", args=[target.pk])


def _unplaced(request: HttpRequest, outlook: Any) -> list[str]:
    """What was typed about places that the page shows no more, to be copied."""
    shown = {name for _row, name, _typed in _said(request, outlook)}
    typed = {name: request.POST.get(name, "") for name in request.POST if name not in shown}
    about = ChangeDecisionForm.ABOUT
    return [
        f"{name.removeprefix(about)}: {text}"
        for name, text in typed.items()
        if name.startswith(about) and text.strip()
    ]


def _said(request: HttpRequest, outlook: Any) -> list[tuple]:
    """Each row of the `outlook` with what was typed about it in this request."""
    rows = outlook.changed if outlook is not None else []
    named = [(row, f"{ChangeDecisionForm.ABOUT}{row.place}") for row in rows]
    return [(row, name, request.POST.get(name, "")) for row, name in named]


def _name(change_request: ChangeRequest, request: HttpRequest) -> str:
    """What belongs to no initiative, or is there no more, by its name."""
    names = names_of([change_request], rights=rights_of(request))
    return names.get(change_request.pk, "/".join(map(str, change_request.key)))


def may_be_mended(change_request: ChangeRequest, rights: Rights) -> bool:
    """What one asked for and was rejected; a draft is mended in its own form."""
    rejected = (
        change_request.state == RequestState.REJECTED
        and change_request.kind != RequestKind.PUBLICATION
    )
    mine = change_request.created_by_id == rights.user.pk
    return rejected and mine and rights.has(DeskRole.EDITOR, change_request.initiative)


def _status_again(change_request: ChangeRequest) -> str:
    """The page of the status, with what was typed."""
    page = reverse("admin:initiatives_initiative_status", args=[change_request.initiative_id])
    asked: dict[str, Any] = {"to": change_request.to_status, "again": change_request.pk}
    corrects = corrected_by(change_request)
    return f"{page}?{urlencode(asked | ({'corrects': corrects.pk} if corrects else {}))}"


def target_of(change_request: ChangeRequest) -> Record | None:
    """The row on whose page the change was made; None if it is to be added, or went."""
    if change_request.initiative is not None:
        return change_request.initiative
    return row_before(
        {"model": change_request.model, "key": change_request.key, "action": "", "fields": {}}
    )


def _side_by_side(change_request: ChangeRequest, rights: Rights) -> Iterator[dict[str, Any]]:
    """Each edit in words: what it starts from, what it asks for, and what is stored by now."""
    now = (
        _stored_now(change_request.edits)
        if change_request.waits
        else [{} for _edit in change_request.edits]
    )
    later = [
        {**edit, "fields": {name: [None, text] for name, text in values.items()}}
        for edit, values in zip(change_request.edits, now, strict=True)
    ]
    wording = Wording([*change_request.edits, *later], rights=rights)
    for edit, changed in zip(change_request.edits, later, strict=True):
        stored = {line.name: line.new for line in wording.lines(changed)}
        lines = [
            (line, line.name in stored, stored.get(line.name)) for line in entered(wording, edit)
        ]
        yield {"heading": wording.heading(edit), "lines": lines, "outdated": bool(stored)}


def _stored_now(edits: Iterable[Edit]) -> list[dict[str, str | None]]:
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
