"""The buttons of an initiative: each is one POST that runs one action."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.admin.bounds import found
from initiatives.choices import Publication
from initiatives.forms.decisions import WithdrawalForm
from initiatives.models import Initiative

STEPS = {
    "submit": (actions.submit_for_review, _("Submit for review")),
    "return": (actions.return_to_draft, _("Return to draft")),
    "publish": (actions.publish, _("Publish")),
    "checked": (actions.mark_checked, _("Checked, nothing new")),
}
# Which of them a record offers; `checked` is always there.
OFFERED = {
    Publication.DRAFT: ("submit", "publish"),
    Publication.IN_REVIEW: ("return", "publish"),
    Publication.PUBLISHED: (),
    Publication.WITHDRAWN: ("publish",),
}


def offered(initiative):
    """The steps open to `initiative`, as (address, label)."""
    return [
        (reverse(f"admin:initiatives_initiative_{name}", args=[initiative.pk]), STEPS[name][1])
        for name in (*OFFERED[initiative.publication], "checked")
    ]


def run_step(admin, request, object_id, step):
    """Run the step and go back to the form, with a message of what came of it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    verb, label = STEPS[step]
    with transaction.atomic():
        initiative = _to_change(admin, request, object_id)
        try:
            verb(initiative, by=request.user)
            messages.success(request, _("Done: %(step)s.") % {"step": label})
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
    return redirect(_way_back(request) or admin.address(initiative.pk))


def _way_back(request):
    """The page of the desk from which the step was asked for, if it named one."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else ""


@transaction.atomic
def withdraw(admin, request, object_id):
    """Ask for the public reason, then withdraw."""
    initiative = _to_change(admin, request, object_id)
    form = WithdrawalForm(request.POST or None, instance=initiative)
    if request.method == "POST" and form.is_valid() and form.enter(by=request.user):
        messages.success(request, _("The record is withdrawn; its address tells the reason."))
        return redirect(admin.address(initiative.pk))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Withdraw"),
        "subtitle": str(initiative),
        "opts": admin.opts,
        "initiative": initiative,
        "form": form,
    }
    return TemplateResponse(request, "admin/initiatives/withdraw.html", context)


def _to_change(admin, request, object_id):
    initiative = found(Initiative.objects.select_for_update(), object_id)
    if not admin.has_change_permission(request, initiative):
        raise PermissionDenied
    return initiative
