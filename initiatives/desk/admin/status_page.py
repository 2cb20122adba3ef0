"""“Change status”: choose one, then enter what it needs. Two steps, no JavaScript needed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from initiatives.choices import DeskRole, RequestKind, RequestState
from initiatives.desk.admin.access import initiative_of, officer_of, rights_of
from initiatives.desk.admin.bounds import found
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.admin.understood import tell_understood
from initiatives.desk.forms import StatusForm
from initiatives.desk.forms.status import lacking_on_record
from initiatives.desk.forms.status_again import typed_before
from initiatives.desk.forms.status_fields import fields_for, form_fields, milestone_fields
from initiatives.desk.forms.status_layout import evidence_of, groups_of
from initiatives.desk.forms.status_meanwhile import status_meanwhile
from initiatives.fields.typed import field_of
from initiatives.lifecycle import DEFINITIONS, NEED_LABELS, NEEDS, Need, Status, moves_from
from initiatives.models import ChangeRequest, Initiative, Source, StatusChange
from initiatives.rights.public import is_public
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin


# Where in the form of the initiative a need is met that lies on the record itself.
ANCHORS = {
    Need.MAIN_SECTOR: "sectors-group",
    Need.PARTIES: "countries-group",
}


class StatusPage:
    """One visit to the page; `admin` is the ModelAdmin of initiatives."""

    def __init__(self, admin: "InitiativeAdmin", request: HttpRequest, object_id: str) -> None:
        self.admin, self.request = admin, request
        self.initiative = initiative_of(request, Initiative.objects.all(), object_id)
        if not admin.has_change_permission(request, self.initiative):
            raise PermissionDenied
        self.corrects = self._corrected()
        self.choices = self._choices()

    @classmethod
    @transaction.atomic
    def visit(cls, admin: "InitiativeAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
        return cls(admin, request, object_id).answer()

    def answer(self) -> HttpResponse:
        to = self.request.GET.get("to", "")
        form = self._form(to) if to in Status.values else None
        if form is None or (to not in self.choices and not form.conflicts):
            return self._page(choices=[self._choice(status) for status in self.choices])
        if self.request.method == "POST" and form.is_valid():
            entered = form.enter(by=officer_of(self.request), rights=rights_of(self.request))
            if entered is not None:
                tell_taken_out(self.request, [form])
                tell_understood(self.request, form)
                return self._done(entered)
        return self._page(
            to=Status(to),
            definition=DEFINITIONS[Status(to)],
            second_person=self._asks(to),
            lacking=self._lacking(to),
            meanwhile=status_meanwhile(form) if form.conflicts else None,
            other_moves=[] if self._may_become(to) else self.choices,
            may_save=self._may_become(to),
            form=form,
            groups=list(groups_of(form, to)),
            evidence=list(evidence_of(form)),
            media=self.admin.media + form.media,
        )

    def _corrected(self) -> StatusChange | None:
        number = self.request.GET.get("corrects")
        return found(self.initiative.status_changes.all(), number) if number else None

    def _choices(self) -> list[Status]:
        """The allowed moves; a correction may lead anywhere."""
        if self.corrects is not None:
            return list(Status)
        known = self.initiative.status_changes.exists()
        allowed = moves_from(self.initiative.status if known else None)
        return [status for status in Status if status in allowed]

    def _asks(self, to: str) -> bool:
        """Whether a second person has to approve the move."""
        if Need.SECOND_PERSON in NEEDS[Status(to)]:
            return True
        rights = rights_of(self.request)
        return is_public(self.initiative) and not rights.has(DeskRole.PUBLISHER, self.initiative)

    def _may_become(self, to: str) -> bool:
        """Whether the move that was chosen is still possible."""
        last = self.initiative.status_changes.order_by("number").last()
        return to in self.choices and self.corrects in (None, last)

    def _choice(self, status: Status) -> dict[str, Any]:
        return {
            "status": status,
            "definition": DEFINITIONS[status],
            "lacking": self._lacking(status),
        }

    def _lacking(self, to: str) -> list[tuple[str, Translatable]]:
        page = self.admin.address(self.initiative.pk)
        needs = lacking_on_record(self.initiative, to)
        return [(f"{page}#{ANCHORS[need]}", NEED_LABELS[need]) for need in needs]

    def _form(self, to: str) -> StatusForm:
        make = status_field_maker(self.admin.admin_site, self.request)
        fields = form_fields(fields_for(to, correcting=self.corrects is not None), make)
        return StatusForm(
            self.request.POST if self.request.method == "POST" else None,
            initial=self._initial(),
            initiative=self.initiative,
            to=to,
            fields=fields,
            milestone_fields=milestone_fields(make),
            corrects=self.corrects,
            asks=self._asks(to),
        )

    def _initial(self) -> dict[str, Any]:
        """What the officer had entered when it was rejected, to be mended and asked for again.

        Else the source, where the record cites just one.
        """
        if again := self.request.GET.get("again"):
            of_status = self.initiative.change_requests.filter(kind=RequestKind.STATUS)
            return typed_before(found(of_status, again))
        cited = (
            rights_of(self.request).to_choose(Source).filter(citations__initiative=self.initiative)
        )
        keys = list(cited.order_by("pk").values_list("pk", flat=True).distinct()[:2])
        return {"source": keys[0]} if len(keys) == 1 else {}

    def _done(self, entered: StatusChange | ChangeRequest) -> HttpResponse:
        if isinstance(entered, ChangeRequest):
            text: Translatable = _("The change waits until a second person approves it.")
        else:
            text = _("The status is now “%(status)s”.") % {
                "status": Status(entered.to_status).label
            }
        messages.success(self.request, text)
        return redirect(self.admin.address(self.initiative.pk))

    def _page(self, **context: Any) -> TemplateResponse:
        waiting = waiting_status(self.initiative)
        last = self.initiative.status_changes.order_by("number").last()
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": _("Correct status") if self.corrects else _("Change status"),
            "subtitle": str(self.initiative),
            "opts": self.admin.opts,
            "initiative": self.initiative,
            "corrects": self.corrects,
            "has_status": last is not None,
            "last": last,
            "waiting": waiting,
            "waiting_label": Status(waiting.to_status).label if waiting else "",
            **context,
        }
        return TemplateResponse(self.request, "admin/initiatives/status.html", context)


def waiting_status(initiative: Initiative) -> ChangeRequest | None:
    """The request for a status of `initiative` that nobody has decided yet; one at most."""
    of_status = initiative.change_requests.filter(kind=RequestKind.STATUS)
    return of_status.filter(state=RequestState.WAITING).first()


def status_field_maker(
    admin_site: AdminSite, request: HttpRequest
) -> Callable[[type[Model], str], Any]:
    """Makes form fields as the forms of the desk have them: with their choices and limits."""

    def make(model: type[Model], name: str) -> Any:
        model_admin = admin_site.get_model_admin(model)
        return model_admin.formfield_for_dbfield(field_of(model, name), request=request)

    return make
