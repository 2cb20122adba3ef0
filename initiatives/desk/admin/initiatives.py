"""The desk's page of an initiative."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from initiatives import actions, models
from initiatives.choices import DeskRole, Publication
from initiatives.desk import name_clues
from initiatives.desk.admin import (
    filters,
    inlines,
    saved_filters,
    workflow_actions,
    working_language,
)
from initiatives.desk.admin.access import noted, officer_of, rights_of
from initiatives.desk.admin.bulk import BulkActions
from initiatives.desk.admin.citing import CitesEverything
from initiatives.desk.admin.export import export
from initiatives.desk.admin.in_place import MakesInPlace
from initiatives.desk.admin.initiative_columns import InitiativeColumns
from initiatives.desk.admin.initiative_fields import DELIVERED, FIELDSETS, NOT_YET, replaced
from initiatives.desk.admin.outdated import mark_outdated, mark_outdated_milestones
from initiatives.desk.admin.pagination import RelatedInUse
from initiatives.desk.admin.presets import Presets
from initiatives.desk.admin.records import HistoryInline, RecordAdmin
from initiatives.desk.admin.sections import sections_of
from initiatives.desk.admin.status_page import StatusPage
from initiatives.desk.forms import InitiativeForm
from initiatives.lifecycle import Status
from initiatives.models import Desk, Initiative
from initiatives.translatable import Translatable

# Where in the form that is given which a record lacks to be published.
ANCHORS = {"citations": "citations-group"}


@admin.register(models.Initiative)
class InitiativeAdmin(
    InitiativeColumns, BulkActions, Presets, CitesEverything, MakesInPlace, RecordAdmin
):
    form = InitiativeForm
    change_form_template = "admin/initiatives/initiative.html"
    list_display = (
        "code",
        "title",
        "status",
        "since",
        "parties",
        "shown",
        "updated",
    )
    list_display_links = ("code", "title")
    list_filter = (
        *filters.OF_THE_QUEUE,
        "publication",
        "status",
        "kind",
        ("countries__country", RelatedInUse),
        ("sectors__sector", RelatedInUse),
        ("desk", RelatedInUse),
    )
    list_prefetch = ("countries__country",)
    ordering = ("-updated_at", "-code")
    search_fields = ("search_text",)
    readonly_fields = ("code", "first_planned_end")
    autocomplete_fields = ("parent",)
    fieldsets = FIELDSETS
    inlines = (
        inlines.CountryInline,
        inlines.SectorInline,
        inlines.OrganisationInline,
        inlines.MilestoneInline,
        inlines.FundingInline,
        inlines.BudgetInline,
        inlines.EventInline,
        inlines.SourceInline,
        inlines.ExternalIdInline,
        inlines.StatusHistoryInline,
        inlines.DateRevisionInline,
        inlines.ClassificationInline,
        inlines.ExternalTextInline,
    )

    def get_urls(self) -> list[URLPattern]:
        def address(tail: str, name: str, view: Callable[..., Any]) -> URLPattern:
            name = f"initiatives_initiative_{name}"
            view = self.admin_site.admin_view(partial(view, self))
            return path(f"<path:object_id>/{tail}/", view, name=name)

        one_post = [
            address(f"step/{step}", step, partial(workflow_actions.run_step, step=step))
            for step in workflow_actions.STEPS
        ]
        asking = [
            address("status", "status", StatusPage.visit),
            address("withdraw", "withdraw", workflow_actions.withdraw),
        ]

        def view(shown: Callable[..., Any]) -> Callable[..., Any]:
            return self.admin_site.admin_view(partial(shown, self))

        as_file = path("as/<str:suffix>/", view(export), name="initiatives_initiative_export")
        kept = [
            path("filters/save/", view(saved_filters.save), name="initiatives_initiative_keep"),
            path(
                "filters/<str:key>/delete/",
                view(saved_filters.delete),
                name="initiatives_initiative_forget",
            ),
        ]
        return [as_file, *kept, *one_post, *asking, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**saved_filters.context_of(request), **(extra_context or {})}
        return super().changelist_view(request, context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Initiative | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context["has_status"] = obj.status_changes.exists()
            mark_outdated(context["adminform"].form)
            mark_outdated_milestones(context["inline_admin_formsets"], obj)
        if obj is not None and self.has_change_permission(request, obj):
            context |= workflow_actions.context_of(obj, rights_of(request))
            context["lacks"] = self._lacks(request, obj)
        side_by_side = working_language.are_side_by_side(request)
        context["side_by_side"] = side_by_side
        context["name_clues"] = json.dumps({"begun": name_clues.KINDS, "bank": name_clues.BANK})
        context["may_choose"] = add or self.has_change_permission(request, obj)
        context["language_choices"] = working_language.choices(request)
        context["sections"] = sections_of(
            context["adminform"],
            context["inline_admin_formsets"],
            language=working_language.working_language(request),
            side_by_side=side_by_side,
        )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A form that is sent to choose the working language comes back as it was typed.

        One that is sent by a button beside it is saved before that is done.
        """
        chosen = request.method == "POST" and working_language.chosen_now(request)
        if chosen:
            noted(request).refusal = working_language.not_saved_yet()
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        if chosen:
            working_language.keep(request, answer)
        elif object_id is not None and request.method == "POST":
            return workflow_actions.after_saving(self, request, object_id, answer)
        return answer

    def _lacks(
        self, request: HttpRequest, initiative: Initiative
    ) -> list[tuple[str, Translatable]]:
        """What is missing to publish, as (address, message); texts in the language that is open."""
        if initiative.publication == Publication.PUBLISHED:
            return []
        status = reverse("admin:initiatives_initiative_status", args=[initiative.pk])
        working = working_language.working_language(request)
        anchors = ANCHORS | {f"{name}_en": f"id_{name}_{working}" for name in ("title", "summary")}
        return [
            (status if field == "status" else f"#{anchors.get(field, f'id_{field}')}", text)
            for field, text in actions.publishing_lacks(initiative)
        ]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.rights = rights_of(request)
        return form

    def view_on_site(self, initiative: Initiative) -> str | None:
        if initiative.publication != Publication.PUBLISHED:
            return None
        return reverse("initiatives:detail", args=[initiative.code])

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        initial.pop("embargo_until", None)  # a text in the address is no instant
        return {"desk": self._own_desk(request)} | initial

    def _own_desk(self, request: HttpRequest) -> Desk | None:
        """The desk to which a new record of the officer belongs."""
        rights = rights_of(request)
        return (
            None if rights.is_superuser else rights.desks(DeskRole.EDITOR).order_by("name").first()
        )

    def save_model(self, request: HttpRequest, obj: Initiative, form: Any, change: bool) -> None:
        if not change and obj.desk is None:
            obj.desk = self._own_desk(request)  # or nobody of the desk might see it
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A record above it that the officer may not see is neither named nor changed."""
        hidden = obj is not None and self._is_hidden(request, obj.parent_id)
        return (*self.readonly_fields, "hidden_parent") if hidden else self.readonly_fields

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """A record that is not stored yet has no history."""
        found = super().get_inlines(request, obj)
        return [each for each in found if obj or not issubclass(each, HistoryInline)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without what says nothing of a record that is not stored yet, or not implemented."""
        other = {}
        if obj is None:
            other = dict.fromkeys(NOT_YET)
        elif obj.status != Status.IMPLEMENTED and "delivered" not in request.POST:
            other = dict.fromkeys(DELIVERED)
        if obj is not None and self._is_hidden(request, obj.parent_id):
            other |= {"parent": "hidden_parent"}
        return [
            (name, options | {"fields": replaced(options["fields"], other)})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def _is_hidden(self, request: HttpRequest, parent: int | None) -> bool:
        return parent is not None and not self.get_queryset(request).filter(pk=parent).exists()

    @admin.display(description=_("part of"))
    def hidden_parent(self, initiative: Initiative) -> Translatable:
        return _("A record of another desk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only a draft that was never public goes; who may publish may erase it, and its author."""
        rights = rights_of(request)
        if obj is None:
            return rights.highest >= DeskRole.EDITOR
        if obj.published_at is not None:
            return False
        mine = obj.created_by_id == request.user.pk and rights.has(DeskRole.EDITOR, obj)
        return mine or rights.has(DeskRole.PUBLISHER, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        initiative = self.get_object(request, object_id)
        if initiative is not None and initiative.published_at is not None:
            self._refuse_strangers(request, initiative)
            messages.error(request, _("A record that was public is withdrawn, not deleted."))
            return redirect(self.address(object_id))
        return super().delete_view(request, object_id, extra_context)

    def _refuse_strangers(self, request: HttpRequest, initiative: Initiative) -> None:
        if not self.has_change_permission(request, initiative):
            raise PermissionDenied

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Its histories go with a draft; nobody has the right to delete them by themselves."""
        objects, counts, _needed, protected = super().get_deleted_objects(objs, request)
        # What points to it may be another desk's, so it is not named.
        in_use = [_("“%(row)s” is in use elsewhere.") % {"row": row} for row in objs]
        return objects, counts, set(), in_use if protected else []

    def delete_model(self, request: HttpRequest, obj: Initiative) -> None:
        actions.erase_draft(obj, by=officer_of(request))
