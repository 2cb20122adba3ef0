"""“Change status”: choose one, then enter what it needs. Two steps, no JavaScript needed."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import modelform_factory
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from initiatives.admin.access import rights_of
from initiatives.admin.bounds import found
from initiatives.admin.taken_out import tell_taken_out
from initiatives.choices import DeskRole, RequestState
from initiatives.forms import StatusForm
from initiatives.forms.status import ORDER, fields_for, lacking_on_record
from initiatives.forms.status_meanwhile import status_meanwhile
from initiatives.lifecycle import DEFINITIONS, NEED_LABELS, NEEDS, Need, Status, moves_from
from initiatives.models import Initiative, StatusRequest
from initiatives.rights.public import is_public

# Where in the form of the initiative a need is met that lies on the record itself.
ANCHORS = {
    Need.MAIN_SECTOR: "sectors-group",
    Need.PARTIES: "countries-group",
    Need.START: "id_actual_start",
    Need.END: "id_actual_end",
    Need.END_NOT_IN_FUTURE: "id_actual_end",
    Need.MILESTONES: "milestones-group",
    Need.OUTCOME: "id_outcome_en",
}


class StatusPage:
    """One visit to the page; `admin` is the ModelAdmin of initiatives."""

    def __init__(self, admin, request, object_id) -> None:
        self.admin, self.request = admin, request
        self.initiative = found(Initiative.objects, object_id)
        if not admin.has_change_permission(request, self.initiative):
            raise PermissionDenied
        self.corrects = self._corrected()
        self.choices = self._choices()

    @classmethod
    @transaction.atomic
    def visit(cls, admin, request, object_id):
        return cls(admin, request, object_id).answer()

    def answer(self):
        to = self.request.GET.get("to")
        form = self._form(to) if to in Status.values else None
        if to not in self.choices and not (form and form.conflicts):
            return self._page(choices=[self._choice(status) for status in self.choices])
        if self.request.method == "POST" and form.is_valid():
            entered = form.enter(by=self.request.user)
            if entered is not None:
                tell_taken_out(self.request, [form])
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
            media=self.admin.media + form.media,
        )

    def _corrected(self):
        number = self.request.GET.get("corrects")
        return found(self.initiative.status_changes, number) if number else None

    def _choices(self):
        """The allowed moves; a correction may lead anywhere."""
        if self.corrects is not None:
            return list(Status)
        known = self.initiative.status_changes.exists()
        allowed = moves_from(self.initiative.status if known else None)
        return [status for status in Status if status in allowed]

    def _asks(self, to) -> bool:
        """Whether a second person has to approve the move."""
        if Need.SECOND_PERSON in NEEDS[Status(to)]:
            return True
        rights = rights_of(self.request)
        return is_public(self.initiative) and not rights.has(DeskRole.PUBLISHER, self.initiative)

    def _may_become(self, to):
        """Whether the move that was chosen is still possible."""
        last = self.initiative.status_changes.order_by("number").last()
        return to in self.choices and self.corrects in (None, last)

    def _choice(self, status):
        return {
            "status": status,
            "definition": DEFINITIONS[status],
            "lacking": self._lacking(status),
        }

    def _lacking(self, to):
        page = self.admin.address(self.initiative.pk)
        needs = lacking_on_record(self.initiative, to)
        return [(f"{page}#{ANCHORS[need]}", NEED_LABELS[need]) for need in needs]

    def _form(self, to):
        request_admin = self.admin.admin_site.get_model_admin(StatusRequest)
        form_class = modelform_factory(
            StatusRequest,
            form=StatusForm,
            fields=fields_for(to, correcting=self.corrects is not None),
            formfield_callback=partial(request_admin.formfield_for_dbfield, request=self.request),
        )
        data = self.request.POST if self.request.method == "POST" else None
        return form_class(
            data,
            initial=self._rejected(to),
            initiative=self.initiative,
            to=to,
            corrects=self.corrects,
            asks=self._asks(to),
        )

    def _rejected(self, to):
        """What the officer had entered when it was rejected, to be mended and asked for again."""
        again = self.request.GET.get("again")
        if not again:
            return {}
        rejected = found(self.initiative.status_requests.filter(to_status=to), again)
        return {name: getattr(rejected, f"{name}_id", getattr(rejected, name)) for name in ORDER}

    def _done(self, entered):
        if isinstance(entered, StatusRequest):
            text = _("The change waits until a second person approves it.")
        else:
            text = _("The status is now “%(status)s”.")
        status = entered.get_to_status_display()
        messages.success(self.request, text % {"status": status})
        return redirect(self.admin.address(self.initiative.pk))

    def _page(self, **context):
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": _("Correct status") if self.corrects else _("Change status"),
            "subtitle": str(self.initiative),
            "opts": self.admin.opts,
            "initiative": self.initiative,
            "corrects": self.corrects,
            "has_status": self.initiative.status_changes.exists(),
            "waiting": self.initiative.status_requests.filter(state=RequestState.WAITING).first(),
            **context,
        }
        return TemplateResponse(self.request, "admin/initiatives/status.html", context)
