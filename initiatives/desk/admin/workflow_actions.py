"""The buttons of an initiative: each is one POST that runs one action."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.choices import DeskRole, Publication, RequestKind, RequestState
from initiatives.desk import previews
from initiatives.desk.admin.access import initiative_of, officer_of, rights_of
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.forms.decisions import WithdrawalForm
from initiatives.models import ChangeRequest, Initiative
from initiatives.promises import Progress
from initiatives.rights import Rights
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin


# Each step with its label and the role that it takes.
STEPS = {
    "submit": (actions.submit_for_review, _("Submit for review"), DeskRole.EDITOR),
    "return": (actions.return_to_draft, _("Take back from review"), DeskRole.EDITOR),
    "publish": (actions.publish, _("Publish"), DeskRole.PUBLISHER),
    "checked": (actions.mark_checked, _("Checked, nothing new"), DeskRole.EDITOR),
}
PAGES = ("status", "withdraw")  # that ask for more before something is done
# Which of them a record offers; `checked` is always there.
OFFERED: dict[str, tuple[str, ...]] = {
    Publication.DRAFT: ("submit", "publish"),
    Publication.IN_REVIEW: ("return", "publish"),
    Publication.PUBLISHED: (),
    Publication.WITHDRAWN: ("publish",),
}


def context_of(initiative: Initiative, rights: Rights) -> dict[str, Any]:
    """What the template shows of the steps that are open to the officer."""
    waiting = initiative.change_requests.filter(state=RequestState.WAITING)
    is_public = initiative.publication == Publication.PUBLISHED
    may_decide = rights.has(DeskRole.PUBLISHER, initiative)
    return {
        "steps": list(_offered(initiative, rights)),
        "may_withdraw": is_public and may_decide,
        "saves_wait": is_public and not may_decide,
        "progress": Progress.of(initiative.milestones.all()),
        "preview": preview_address(initiative),
        "waiting_changes": waiting.select_related("created_by"),
        "last_status": initiative.status_changes.order_by("number").last(),
    }


def preview_address(initiative: Initiative, change_request: ChangeRequest | None = None) -> str:
    """A signed address that shows the record, with the change `asked` for, to whoever has it."""
    return reverse("initiatives:preview", args=[previews.token_for(initiative, change_request)])


def _offered(initiative: Initiative, rights: Rights) -> Iterator[tuple[str, Translatable]]:
    """The steps open to the officer, as (address, label)."""
    role = rights.role_on(initiative)
    for name in (*OFFERED[initiative.publication], "checked"):
        if role >= STEPS[name][2] and _is_theirs(name, initiative, rights):
            address = reverse(f"admin:initiatives_initiative_{name}", args=[initiative.pk])
            yield address, STEPS[name][1]


def _is_theirs(name: str, initiative: Initiative, rights: Rights) -> bool:
    """Only its author takes a record back from review; others reject it, with a comment.

    To publish takes more than the role.
    """
    if name == "publish":
        return rights.may_publish(initiative)
    if name != "return":
        return True
    change_request = initiative.change_requests.filter(
        kind=RequestKind.PUBLICATION, state=RequestState.WAITING
    ).first()
    return change_request is None or change_request.created_by_id == rights.user.pk


def run_step(
    admin: "InitiativeAdmin", request: HttpRequest, object_id: str, step: str
) -> HttpResponseNotAllowed | HttpResponseRedirect:
    """Run the step and go back to the form, with a message of what came of it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    verb, label, role = STEPS[step]
    with transaction.atomic():
        initiative = _to_change(request, object_id, role)
        try:
            if not _is_theirs(step, initiative, rights_of(request)):
                raise PermissionDenied
            verb(initiative, by=officer_of(request))
            messages.success(request, _("Done: %(step)s.") % {"step": label})
        except ValidationError as refusal:
            for text in refusal.messages:
                messages.error(request, text)
    return HttpResponseRedirect(_way_back(request) or admin.address(initiative.pk))


def after_saving(
    admin: "InitiativeAdmin", request: HttpRequest, object_id: str, answer: HttpResponse
) -> HttpResponse:
    """Do what was pressed beside the form with the record as it has just been saved.

    `answer` is that of the form; it stays where something was refused, or nothing was pressed.
    """
    pressed = request.POST.get("_then", "")
    if answer.status_code != HTTPStatus.FOUND:
        return answer
    if pressed in STEPS:
        return run_step(admin, request, object_id, pressed)
    if pressed in PAGES:
        return redirect(f"admin:initiatives_initiative_{pressed}", object_id)
    return answer


def _way_back(request: HttpRequest) -> str:
    """The page of the desk from which the step was asked for, if it named one."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if ours and page.startswith("/") else ""


@transaction.atomic
def withdraw(
    admin: "InitiativeAdmin", request: HttpRequest, object_id: str
) -> HttpResponseRedirect | TemplateResponse:
    """Ask for the public reason, then withdraw."""
    initiative = _to_change(request, object_id, DeskRole.PUBLISHER)
    form = WithdrawalForm(request.POST or None, instance=initiative)
    if request.method == "POST" and form.is_valid() and form.enter(by=officer_of(request)):
        tell_taken_out(request, [form])
        messages.success(request, _("The record is withdrawn; its page gives the reason."))
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


def _to_change(request: HttpRequest, object_id: str, role: DeskRole) -> Initiative:
    initiative = initiative_of(request, Initiative.objects.select_for_update(), object_id)
    if not rights_of(request).has(role, initiative):
        raise PermissionDenied
    return initiative
