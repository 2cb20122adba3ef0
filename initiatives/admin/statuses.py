"""Status changes that wait for a second person."""

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field, lookup_field
from django.db import transaction
from django.db.models import F
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.admin.access import refuse_the_unentitled, roles_in
from initiatives.admin.records import HistoryAdmin
from initiatives.admin.taken_out import tell_taken_out
from initiatives.choices import RequestState
from initiatives.forms.decisions import StatusDecisionForm

SHOWN = (
    "to_status effective reason_en reason_ru reason_uz reason_kk decided_by continued_in "
    "source locator quote event state created_by created_at approver decided_at comment"
).split()


@admin.register(models.StatusRequest)
class StatusRequestAdmin(HistoryAdmin):
    """Its page shows one request and, while that waits, asks for the decision."""

    list_display = ("initiative", "to_status", "effective", "state", "created_by", "created_at")
    list_filter = ("state",)
    list_select_related = ("initiative", "created_by")
    ordering = (F("decided_at").desc(nulls_first=True), "-created_at")
    folded = search_fields = ("initiative__search_text",)
    # For the page on which a status is entered: it takes its fields from this model.
    autocomplete_fields = ("source", "continued_in")

    @transaction.atomic
    def change_view(self, request, object_id, form_url="", extra_context=None):
        status_request = self.locked(request, object_id)
        form = StatusDecisionForm(request.POST or None, instance=status_request)
        if request.method == "POST":
            refuse_the_unentitled(request, status_request)
            if form.is_valid() and form.enter(by=request.user):
                tell_taken_out(request, [form])
                messages.success(request, _("The decision is recorded."))
                return redirect("admin:initiatives_statusrequest_changelist")
        return self._page(request, status_request, form)

    def _page(self, request, status_request, form):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Status change that waits for approval"),
            "subtitle": str(status_request.initiative),
            "opts": self.opts,
            "facts": _facts(status_request),
            "initiative_page": reverse(
                "admin:initiatives_initiative_change", args=[status_request.initiative_id]
            ),
            "waits": status_request.state == RequestState.WAITING,
            **roles_in(request, status_request),
            "again": again_address(request, status_request),
            "form": form,
        }
        return TemplateResponse(request, "admin/initiatives/decide.html", context)


def again_address(request, status_request):
    """Where the officer mends a request of theirs that was rejected and asks again."""
    if (
        status_request.state != RequestState.REJECTED
        or status_request.created_by_id != request.user.pk
    ):
        return ""
    page = reverse("admin:initiatives_initiative_status", args=[status_request.initiative_id])
    corrects = f"&corrects={status_request.corrects_id}" if status_request.corrects_id else ""
    return f"{page}?to={status_request.to_status}&again={status_request.pk}{corrects}"


def _facts(status_request):
    """What the request says, as (label, value), without what is empty."""
    rows = [lookup_field(name, status_request) for name in SHOWN]
    # By its code only: the title of a record of another desk is not for everybody.
    rows = [(field, one, getattr(value, "code", value)) for field, one, value in rows]
    return [
        (field.verbose_name, display_for_field(value, field, "–"))
        for field, _attribute, value in rows
        if value not in (None, "")
    ]
