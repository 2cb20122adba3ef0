"""Who else has this form open: told on the page, and kept fresh by signs of life."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives.actions.presence import leave, note_presence, others_at
from initiatives.desk.admin.access import officer_of
from initiatives.desk.forms.record import is_key
from initiatives.models import Presence
from initiatives.models.record import Record
from initiatives.timeline.names import name_of

if TYPE_CHECKING:
    Base = ModelAdmin
else:
    Base = object


class PresentOfficers(Base):
    """For a ModelAdmin: whoever opens the form to change the row is seen there by others."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(partial(answer_presence, self)))
        return [
            path("<path:object_id>/presence/", view, name=f"{self._page_name}_presence"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        context = answer.context_data if isinstance(answer, SimpleTemplateResponse) else None
        row = context.get("original") if context else None
        if context and row and self.has_change_permission(request, row):
            if request.method == "GET":
                note_presence(officer_of(request), row)
            context |= self._presence(request, row)
        elif request.method == "POST" and isinstance(answer, HttpResponseRedirect):
            self._take_leave(request, object_id)
        return answer

    def _presence(self, request: HttpRequest, row: Record) -> dict[str, str]:
        address = reverse(f"{self.admin_site.name}:{self._page_name}_presence", args=[row.pk])
        return {
            "presence_url": address,
            "presence_note": note_of(others_at(row, officer_of(request))),
        }

    def _take_leave(self, request: HttpRequest, object_id: str | None) -> None:
        if object_id is not None and is_key(object_id):
            leave(officer_of(request), self.model(pk=int(object_id)))

    @property
    def _page_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"


def answer_presence(admin: ModelAdmin, request: HttpRequest, object_id: str) -> JsonResponse:
    """Take a sign of life, or a farewell, and tell who else is there."""
    row = admin.get_object(request, object_id) if is_key(object_id) else None
    if row is None:
        raise Http404
    if not admin.has_change_permission(request, row):
        raise PermissionDenied
    if "leaving" in request.POST:
        leave(officer_of(request), row)
        return JsonResponse({"others": [], "note": ""})
    note_presence(officer_of(request), row, opened=False)
    others = list(others_at(row, officer_of(request)))
    return JsonResponse(
        {"others": [name_of(each.user) for each in others], "note": note_of(others)}
    )


def note_of(others: Iterable[Presence]) -> str:
    """One sentence for each of the presences `others`."""
    return " ".join(
        _("%(who)s has this record open (since %(time)s).")
        % {
            "who": name_of(each.user),
            "time": date_format(localtime(each.opened_at), "TIME_FORMAT"),
        }
        for each in others
    )
