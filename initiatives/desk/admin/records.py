"""What every page of the desk has in common. All writes of an edited row go through `actions`."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.choices import Language
from initiatives.desk.admin import sent_once
from initiatives.desk.admin.access import ByRights, ByRightsOfParent, choices_for, rights_of
from initiatives.desk.admin.bounds import BoundedFields, BoundedRows, found
from initiatives.desk.admin.conflicts import ComparedForms
from initiatives.desk.admin.headings import OwnHeadings
from initiatives.desk.admin.history_page import HistoryPage
from initiatives.desk.admin.pagination import CappedPaginator, KeysFirstPaginator
from initiatives.desk.admin.presence import PresentOfficers
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.admin.understood import tell_understood
from initiatives.desk.forms import RecordForm
from initiatives.desk.forms.record import is_key
from initiatives.models.desk_search import any_of, contains, in_texts
from initiatives.models.evidence import TARGETS
from initiatives.notation import DATE_FORMS as FORMS
from initiatives.text import folding
from initiatives.text.plain_text import clean_line

SEARCH_LIMIT = 200  # characters; SQLite fails on patterns of 50,000
DATE_FORMS = format_lazy(_("A date may be partial: {forms}."), forms=FORMS)
_OF_INITIATIVE = "initiative__search_text"
# What the filters beside a list put behind the name of their field.
_FILTER_LOOKUPS = ("exact", "id__exact", "isnull")


def in_four(*names):
    """A line of a form for each text, with its four languages side by side."""
    return [tuple(f"{name}_{language}" for language in Language.values) for name in names]


class ChosenByRights:
    """Fields that point to other rows offer only those that the officer may see.

    The row above (`initiative` of a milestone, say) is offered only if the officer may edit it.
    """

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        to_edit = db_field.name == "initiative" or db_field.name in TARGETS
        rows = choices_for(request, db_field.related_model, to_edit=to_edit)
        if rows is not None:
            kwargs.setdefault("queryset", rows)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        rows = choices_for(request, db_field.related_model, to_edit=False)
        if rows is not None:
            kwargs.setdefault("queryset", rows)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ListedAdmin(ByRights, ChosenByRights, BoundedFields, OwnHeadings):
    """A list that is searched in folded words and filtered by nothing but its own filters.

    `folded` names the columns of folded text that search looks into where the queryset has no
    `search()`; `list_prefetch` what a row of the list shows of its relations. A list that does not
    say `counts_all`, and what a search leaves of any, is counted as far as its first pages go.
    """

    actions = None
    list_per_page = 50
    show_full_result_count = False  # it counts all rows once more
    counts_all = True
    folded = ()
    list_prefetch = ()

    def get_search_results(self, request, queryset, search_term):
        term = clean_line(search_term)[:SEARCH_LIMIT]
        if term and hasattr(queryset, "search"):
            return queryset.search(term), False
        if term and self.folded:
            return self._in_folded_columns(queryset, folding.words(term)), False
        return super().get_search_results(request, queryset, term)

    def _in_folded_columns(self, queryset, words):
        """Texts of initiatives by the index; they are long, and a part of each would read them."""
        indexed = in_texts(words, "initiative") if _OF_INITIATIVE in self.folded else {}
        plain = [column for column in self.folded if column != _OF_INITIATIVE]
        for word in words:
            hits = [contains(self.model, column, word) for column in plain]
            hits += [indexed[word]] if indexed else []
            queryset = queryset.filter(any_of(self.model, hits))
        return queryset if words else queryset.none()

    def lookup_allowed(self, lookup, value, request):
        """Only what a filter of the list asks; Django allows any lookup on fields of the row."""
        named = (entry[0] if isinstance(entry, tuple) else entry for entry in self.list_filter)
        own = {entry.parameter_name for entry in self.list_filter if isinstance(entry, type)}
        lookups = {f"{name}__{suffix}" for name in named for suffix in _FILTER_LOOKUPS}
        return lookup in own | lookups

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        is_whole = self.counts_all and not request.GET.get(SEARCH_VAR)
        paginator = KeysFirstPaginator if is_whole else CappedPaginator
        return paginator(queryset, per_page, *args, **kwargs)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        changelist.is_capped = changelist.paginator.is_capped
        if not (changelist.query or changelist.has_active_filters):
            changelist.full_result_count = changelist.result_count
        prefetch_related_objects(changelist.result_list, *self.list_prefetch)
        return changelist


class RecordAdmin(PresentOfficers, ComparedForms, HistoryPage, ListedAdmin):
    """A row that officers edit, with its version, its inlines and its links."""

    form = RecordForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show what an action refuses in the form; the transaction of the attempt is undone."""
        extra_context = {"form_key": sent_once.key_of(request), **(extra_context or {})}
        view = partial(super().changeform_view, request, object_id, form_url, extra_context)
        record = self.get_object(request, unquote(object_id)) if object_id else None
        try:
            if request.method == "POST" and object_id is None:
                return self._attempted_once(request, view)
            return self.attempted(request, record, view)
        except IntegrityError:
            request.refusal = ValidationError(
                _("Somebody saved the same in this moment. Look at the stored record first.")
            )
        except ValidationError as refusal:
            request.refusal = refusal
        return view()

    def _attempted_once(self, request, view):
        with sent_once.one_by_one(request):
            if (answer := sent_once.saved_before(self, request)) is not None:
                return answer
            answer = self.attempted(request, None, view)
            if hasattr(request, "desk_added"):
                kept = None if request.gate.undone else request.desk_added
                sent_once.note_saved(request, kept)
            return answer

    def attempted(self, request, record, view):
        """The answer of `view`; what it saves waits for approval if the officer may not decide."""
        if request.method != "POST":
            return view()
        gate = request.gate = actions.ApprovalGate(record, rights=rights_of(request))
        answer = gate.run(view)
        if gate.undone:
            return self._answer_of_waiting(request, gate)
        return answer

    def _answer_of_waiting(self, request, gate):
        if gate.request is None:
            messages.success(request, _("Saved. The public sees no difference."))
            return redirect(self.address(gate.record.pk))
        messages.success(
            request,
            _("Your change waits for approval. Until then the public reads the text as it was."),
        )
        return redirect("admin:initiatives_changerequest_change", gate.request.pk)

    def delete_view(self, request, object_id, extra_context=None):
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
    def response_add(self, request, obj, post_url_continue=None):
        request.desk_added = obj  # noted when nothing can undo it any more
        if self._must_wait(request, obj):
            return HttpResponse()
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if self._must_wait(request, obj):
            return HttpResponse()
        return super().response_change(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        if request.gate.must_wait():
            return HttpResponse()
        return super().response_delete(request, obj_display, obj_id)

    def _must_wait(self, request, obj) -> bool:
        request.gate.record = obj
        return request.gate.must_wait()

    def save_model(self, request, obj, form, change):
        tell_understood(request, form)
        request.gate.moved_because = reason = form.cleaned_data.get("moved_because", "")
        actions.save(obj, by=request.user, seen=obj.version if change else None, reason=reason)

    # The histories of Django's admin would tell names to whoever made the entry; ours has them all.
    def log_addition(self, request, obj, message):
        pass

    def log_change(self, request, obj, message):
        pass

    def log_deletions(self, request, queryset):
        pass

    def save_related(self, request, form, formsets, change):
        rows = [row for formset in formsets for row in formset.forms]
        tell_taken_out(request, [form, *rows])
        for field in form.instance._meta.many_to_many:
            if field.name in form.cleaned_data:
                targets = form.cleaned_data[field.name]
                actions.set_links(form.instance, field.name, targets, by=request.user)
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request, form, formset, change):
        formset.save(commit=False)
        for row in formset.forms:
            if row.has_changed() and row not in formset.deleted_forms:
                tell_understood(request, row)
        reason = form.cleaned_data.get("moved_because", "")
        removed, saved = formset.settled()
        for row in removed:
            actions.remove_record(row, by=request.user)
        # The old main sector gives way before the new one comes; there is never room for two.
        for row in sorted(saved, key=lambda row: getattr(row, "is_main", False)):
            actions.save(row, by=request.user, reason=reason)

    def delete_model(self, request, obj):
        actions.remove_record(obj, by=request.user)

    def address(self, object_id):
        return reverse(f"admin:initiatives_{self.opts.model_name}_change", args=[object_id])


class HistoryAdmin(ListedAdmin):
    """Rows that are read here and written elsewhere."""

    counts_all = False

    def locked(self, request, object_id):
        """The row, locked: 403 where it is another desk's or not there."""
        if is_key(object_id):
            self.get_object(request, object_id)
        return found(self.get_queryset(request).select_for_update(of=("self",)), object_id)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
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

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False
