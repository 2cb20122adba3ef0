"""The history of a record, and taking one of its changes back."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.desk.admin.activity_log import ActivityLog, LogEntry, address_of, may_be_taken_back
from initiatives.desk.admin.bounds import found
from initiatives.models import Change, ChangeRequest
from initiatives.models.record import Record
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object

ON_A_PAGE = 50


class HistoryPage(Base):
    """Tells in words what happened to a record, and lets those who may edit it take it back."""

    def get_urls(self) -> list[URLPattern]:
        revert = path(
            "<path:object_id>/history/<str:change_id>/revert/",
            self.admin_site.admin_view(self.revert_view),
            name=f"initiatives_{self.opts.model_name}_revert",
        )
        return [revert, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._to_what_is_there(request, object_id)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        log = cast(Any, ActivityLog(record, rights=rights_of(request)))  # as far as pages need
        happened: Paginator[LogEntry] = Paginator(log, ON_A_PAGE)
        page = happened.get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(record),
            "opts": self.opts,
            "record": record,
            "record_address": self.address(record.pk),
            "revert_name": f"admin:initiatives_{self.opts.model_name}_revert",
            "may_take_back": self.has_change_permission(request, record),
            "page": page,
            "numbers": happened.get_elided_page_range(page.number),
            "saves": _saves(page.object_list),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/initiatives/history.html", context)

    def revert_view(
        self, request: HttpRequest, object_id: str, change_id: str
    ) -> HttpResponseNotAllowed | HttpResponseRedirect:
        """Take a change back, or ask a second person for it where the public would see it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._to_what_is_there(request, object_id)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        change = found(actions.history_of(record), change_id)
        _take_back(request, record, change)
        name = f"admin:initiatives_{self.opts.model_name}_history"
        return redirect(reverse(name, args=[record.pk]))

    def _to_what_is_there(self, request: HttpRequest, object_id: str) -> HttpResponseRedirect:
        """As Django answers for a row that is not there, by a method that its stubs leave out."""
        return cast(Any, self)._get_obj_does_not_exist_redirect(request, self.opts, object_id)

    def address(self, object_id: int | str) -> str:
        """The page of a row at the desk."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[object_id])


def _saves(entries: Iterable[LogEntry]) -> list[list[LogEntry]]:
    """What one person did in one second, together."""
    groups = groupby(entries, key=lambda entry: entry.save)
    return [list(group) for _save, group in groups]


def _take_back(request: HttpRequest, record: Record, change: Change) -> None:
    gate = actions.ApprovalGate(record, rights=rights_of(request), reverts=change)
    try:
        _refuse_own_beginning(record, change)
        gate.run(lambda: actions.revert(change, by=officer_of(request)))
    except IntegrityError:
        messages.error(
            request,
            _("Somebody saved the same in this moment. Look at the stored record first."),
        )
    except ValidationError as refusal:
        for text in refusal.messages:
            messages.error(request, text)
    else:
        messages.success(request, _outcome(gate.request))


def _refuse_own_beginning(record: Record, change: Change) -> None:
    actions.check_revertible(change)
    if not may_be_taken_back(change, record):
        raise actions.Refused(_("A record is not deleted from its history."), code="own")


def _outcome(change_request: ChangeRequest | None) -> Translatable:
    if change_request is None:
        return _("The change is taken back.")
    text = _("The public would see it, so this waits until a second person approves it.")
    if address := address_of(change_request):
        return format_html('{} <a href="{}">{}</a>', text, address, _("See it"))
    return text
