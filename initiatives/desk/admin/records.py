"""What every page of the desk has in common. All writes of an edited row go through `actions`."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.choices import Language
from initiatives.desk.admin import sent_once
from initiatives.desk.admin.access import ByRightsOfParent, noted, officer_of, rights_of
from initiatives.desk.admin.bounds import BoundedRows, found
from initiatives.desk.admin.conflicts import ComparedForms
from initiatives.desk.admin.history_page import HistoryPage
from initiatives.desk.admin.listed import ChosenByRights, ListedAdmin
from initiatives.desk.admin.presence import PresentOfficers
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.admin.understood import tell_understood
from initiatives.desk.forms import RecordForm
from initiatives.desk.forms.record import is_key
from initiatives.models.record import Record
from initiatives.notation import DATE_FORMS as FORMS
from initiatives.translatable import Translatable

DATE_FORMS = format_lazy(_("A date may be partial: {forms}."), forms=FORMS)


def in_four(*names: str) -> list[tuple[str, ...]]:
    """A line of a form for each text, with its four languages side by side."""
    return [tuple(f"{name}_{language}" for language in Language.values) for name in names]


class RecordAdmin(PresentOfficers, ComparedForms, HistoryPage, ListedAdmin):
    """A row that officers edit, with its version, its inlines and its links."""

    form = RecordForm

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show what an action refuses in the form; the transaction of the attempt is undone."""
        extra_context = {"form_key": sent_once.key_of(request), **(extra_context or {})}
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        record = self.get_object(request, unquote(object_id)) if object_id else None
        try:
            if request.method == "POST" and object_id is None:
                return self._attempted_once(request, view)
            return self.attempted(request, record, view)
        except IntegrityError:
            noted(request).refusal = ValidationError(
                _("Somebody saved the same in this moment. Look at the stored record first.")
            )
        except ValidationError as refusal:
            noted(request).refusal = refusal
        return view()

    def _attempted_once(
        self, request: HttpRequest, view: Callable[[], HttpResponse]
    ) -> HttpResponse:
        with sent_once.one_by_one(request):
            if (answer := sent_once.saved_before(self, request)) is not None:
                return answer
            answer = self.attempted(request, None, view)
            if hasattr(request, "desk_added"):
                kept = None if noted(request).gate.undone else noted(request).desk_added
                sent_once.note_saved(request, kept)
            return answer

    def attempted(
        self, request: HttpRequest, record: Record | None, view: Callable[[], HttpResponse]
    ) -> HttpResponse:
        """The answer of `view`; what it saves waits for approval if the officer may not decide."""
        if request.method != "POST":
            return view()
        gate = noted(request).gate = actions.ApprovalGate(record, rights=rights_of(request))
        answer = cast(HttpResponse, gate.run(view))
        if gate.undone:
            return self._answer_of_waiting(request, gate)
        return answer

    def _answer_of_waiting(self, request: HttpRequest, gate: ApprovalGate) -> HttpResponse:
        if gate.request is None:
            messages.success(request, _("Saved. The public sees no difference."))
            return redirect(self.address(cast(Record, gate.record).pk))
        messages.success(
            request,
            _("Your change waits for approval. Until then the public reads the text as it was."),
        )
        return redirect("admin:initiatives_changerequest_change", gate.request.pk)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What cannot go, because something stands on it, is told at its form."""
        view = partial(super().delete_view, request, object_id, extra_context)
        record = self.get_object(request, unquote(object_id))
        try:
            return self.attempted(request, record, view)
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
        return redirect(self.address(record.pk))

    # The answers to a successful save: where it was undone there is nothing to congratulate.
    def response_add(
        self, request: HttpRequest, obj: Record, post_url_continue: str | None = None
    ) -> HttpResponse:
        noted(request).desk_added = obj  # noted when nothing can undo it any more
        if self._must_wait(request, obj):
            return HttpResponse()
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Record) -> HttpResponse:
        if self._must_wait(request, obj):
            return HttpResponse()
        noted(request).saved_nothing = not noted(request).gate.changes
        return super().response_change(request, obj)

    def message_user(
        self,
        request: HttpRequest,
        message: Translatable,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        """Django congratulates on a save that found nothing to save, too."""
        if level == messages.SUCCESS and getattr(request, "saved_nothing", False):
            message, level = _("There was nothing to save: no field was changed."), messages.INFO
        super().message_user(request, message, level, extra_tags, fail_silently)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        if noted(request).gate.must_wait():
            return HttpResponse()
        return super().response_delete(request, obj_display, obj_id)

    def _must_wait(self, request: HttpRequest, obj: Record) -> bool:
        noted(request).gate.record = obj
        return noted(request).gate.must_wait()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        tell_understood(request, form)
        noted(request).gate.moved_because = reason = form.cleaned_data.get("moved_because", "")
        actions.save(
            obj, by=officer_of(request), seen=obj.version if change else None, reason=reason
        )

    # The histories of Django's admin would tell names to whoever made the entry; ours has them all.
    def log_addition(self, request: HttpRequest, obj: Record, message: str) -> Any:
        pass

    def log_change(self, request: HttpRequest, obj: Record, message: str) -> Any:
        pass

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        pass

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        rows = [row for formset in formsets for row in formset.forms]
        tell_taken_out(request, [form, *rows])
        for field in form.instance._meta.many_to_many:
            if field.name in form.cleaned_data:
                targets = form.cleaned_data[field.name]
                actions.set_links(form.instance, field.name, targets, by=officer_of(request))
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        for row in formset.forms:
            if row.has_changed() and row not in formset.deleted_forms:
                tell_understood(request, row)
        reason = form.cleaned_data.get("moved_because", "")
        removed, saved = formset.settled()
        for row in removed:
            actions.remove_record(row, by=officer_of(request))
        # The old main sector gives way before the new one comes; there is never room for two.
        for row in sorted(saved, key=lambda row: getattr(row, "is_main", False)):
            actions.save(row, by=officer_of(request), reason=reason)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.remove_record(obj, by=officer_of(request))


class HistoryAdmin(ListedAdmin):
    """Rows that are read here and written elsewhere."""

    counts_all = False

    def locked(self, request: HttpRequest, object_id: str) -> Any:
        """The row, locked: 403 where it is another desk's or not there."""
        if is_key(object_id):
            self.get_object(request, object_id)
        return found(self.get_queryset(request).select_for_update(of=("self",)), object_id)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RowInline(ByRightsOfParent, ChosenByRights, BoundedRows, admin.TabularInline):
    """Rows that belong to the record above them."""

    template = "admin/desk/table_rows.html"


class BlockInline(ByRightsOfParent, ChosenByRights, BoundedRows, admin.StackedInline):
    """The same for rows with too many fields for one line."""


class HistoryInline(RowInline):
    """Rows that nobody edits."""

    can_delete = False
    classes = ("collapse",)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
