"""The histories: what changed, which dates moved, which status was entered."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.officer_names import officer_column
from initiatives.desk.admin.records import HistoryAdmin, in_four
from initiatives.models import Change, StatusChange
from initiatives.models.record import AppendOnlyQuerySet
from initiatives.timeline import Wording


@admin.register(models.Change)
class ChangeAdmin(HistoryAdmin):
    list_display = ("recorded_at", "officer", "initiative", "heading", "names")
    officer = officer_column(models.Change, "recorded_by")
    list_filter = ("action",)
    list_select_related = ("recorded_by", "initiative")
    folded = search_fields = ("initiative__search_text",)
    fields = (
        ("recorded_at", "recorded_by", "approved_by"),
        "initiative",
        "heading",
        "values",
    )
    readonly_fields = ("recorded_at", "recorded_by", "approved_by", "heading", "values")

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        _word(request, changelist.result_list)
        return changelist

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Change | None:
        change = super().get_object(request, object_id, from_field)
        _word(request, [change] if change else [])
        return change

    @admin.display(description=_("what"))
    def heading(self, change: Change) -> str:
        return _words_for(change).heading(change)

    @admin.display(description=_("fields"))
    def names(self, change: Change) -> str:
        return ", ".join(line.label for line in _words_for(change).lines(change))

    @admin.display(description=_("fields"))
    def values(self, change: Change) -> str:
        lines = _words_for(change).lines(change)
        return render_to_string("admin/initiatives/edit_lines.html", {"lines": lines})


def _word(request: HttpRequest, changes: AppendOnlyQuerySet[Change] | list[Change]) -> None:
    """Give each of `changes` the words for all of them."""
    wording = Wording(changes, rights=rights_of(request))
    for change in changes:
        change.__dict__["wording"] = wording


def _words_for(change: Change) -> Wording:
    """What `_word` gave it."""
    return change.__dict__["wording"]


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
        ("event", "decided_by", "carried_on_in"),
        ("corrects", "origin"),
        ("recorded_at", "recorded_by", "approved_by"),
    )
    autocomplete_fields = ("continued_in",)  # for the page on which a status is entered

    @admin.display(description=_("carried on in"))
    def carried_on_in(self, change: StatusChange) -> str | None:
        """By its code only: the title of a record of another desk is not for everybody."""
        return change.continued_in.code if change.continued_in else None
