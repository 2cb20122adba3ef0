"""What an officer makes of an address that is dead or has moved: one click each."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy

from initiatives import actions
from initiatives.choices import AddressState
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.filters import StrictFilter
from initiatives.models import Source, SourceCheck

if TYPE_CHECKING:
    from initiatives.desk.admin.records import RecordAdmin as Base
else:
    Base = object

_STEPS = {
    "copy": (actions.accept_archived_copy, gettext_lazy("The source names the archived copy now.")),
    "new": (actions.accept_new_address, gettext_lazy("The source has its new address.")),
    "keep": (actions.keep_address, gettext_lazy("The address stays as it is.")),
}


class AddressFilter(StrictFilter):
    """The sources of the officer's own desks whose address waits for somebody, as in the queue."""

    title = gettext_lazy("address")
    parameter_name = "address"
    choices_given = tuple(
        (state.value, state.label) for state in (AddressState.DEAD, AddressState.MOVED)
    )

    def narrowed(self, rows: QuerySet[Any], value: str, request: HttpRequest) -> QuerySet[Any]:
        waiting = SourceCheck.objects.to_settle(value).order_by().values("source")
        cared_for = rights_of(request).cared_for_sources().order_by().values("pk")
        return rows.filter(pk__in=waiting).filter(pk__in=cared_for)


class SettlesAddress(Base):
    """For the admin of sources: takes what the queue posts about an address."""

    def get_urls(self) -> list[URLPattern]:
        settle = path(
            "<str:object_id>/address/<str:step>/",
            self.admin_site.admin_view(self.address_view),
            name="initiatives_source_address",
        )
        return [settle, *super().get_urls()]

    def address_view(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        source = self.get_object(request, object_id)
        if source is None or step not in _STEPS:
            raise Http404
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        act, done = _STEPS[step]
        try:
            answer = self.attempted(
                request, source, partial(self._settled, request, source, act, str(done))
            )
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
            return redirect(_back(request))
        return answer

    def _settled(self, request: Any, source: Source, act: Any, done: str) -> HttpResponse:
        act(source, by=request.user)
        if not request.gate.must_wait():
            messages.success(request, f"{source}: {done}")
        return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """Where the button was, which is the queue if it does not say."""
    there = request.POST.get("next", "")
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(there, here, require_https=request.is_secure()):
        return there
    return reverse("admin:index")
