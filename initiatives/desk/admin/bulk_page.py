"""The page between the list and the acts: it asks once, then tells what became of each record."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from initiatives import actions
from initiatives.actions.bulk import Outcome
from initiatives.actions.errors import Refused
from initiatives.desk.admin import bulk_selection
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.bulk_acts import ACTS
from initiatives.desk.admin.bulk_selection import Selection
from initiatives.desk.admin.taken_out import tell_taken_out
from initiatives.desk.forms.bulk import ChoiceForm, FailingForm, StatusForAllForm
from initiatives.desk.forms.status_layout import Group, evidence_of, groups_of
from initiatives.lifecycle import DEFINITIONS
from initiatives.models import ChangeSet
from initiatives.models.queries import InitiativeQuerySet

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin


LIST = "admin:initiatives_initiative_changelist"
OTHERS = "others"  # what “Do the others” sends


class BulkPage:
    """One visit; `admin` is the ModelAdmin of initiatives, `name` that of the act."""

    def __init__(
        self,
        admin: "InitiativeAdmin",
        request: HttpRequest,
        name: str,
        selection: Selection,
        back: str = "",
    ) -> None:
        self.admin, self.request, self.name, self.back = admin, request, name, back
        self.selection = selection
        self.act = ACTS[name](admin, request)

    @classmethod
    def open(
        cls, admin: "InitiativeAdmin", request: HttpRequest, queryset: InitiativeQuerySet, name: str
    ) -> TemplateResponse | None:
        """The answer to the choice of an act in the list; None leads back to it."""
        try:
            if request.POST.get("select_across") == "1":
                selection = bulk_selection.opened_across(admin, request, queryset)
            else:
                selection = bulk_selection.opened(admin, request)
        except actions.Refused as refusal:
            _say(request, refusal)
            return None
        return cls(admin, request, name, selection, request.GET.urlencode()).ask()

    @classmethod
    def visit(
        cls, admin: "InitiativeAdmin", request: HttpRequest
    ) -> HttpResponseRedirect | TemplateResponse:
        """The answer to what the page itself sends."""
        if request.method != "POST":
            return redirect(LIST)
        name, back = request.POST.get("action"), request.POST.get("back", "")
        if name not in ACTS:
            raise Http404
        if rights_of(request).highest < ACTS[name].role:
            raise PermissionDenied
        others = request.POST.get("confirm") == OTHERS
        try:
            selection = bulk_selection.sent_back(admin, request, met=not others)
        except actions.Refused as refusal:
            _say(request, refusal)
            return redirect(_list_address(back))
        page = cls(admin, request, name, selection, back)
        return page.do(others=others) if "confirm" in request.POST else page.ask()

    def ask(self) -> TemplateResponse:
        """The page with nothing entered yet."""
        if self.act.must_choose_status:
            return self._page(choices=list(DEFINITIONS.items()))
        form = self.act.form(None, self.selection.rows)
        return self._page(form=form, failing=FailingForm())

    def do(self, *, others: bool) -> TemplateResponse:
        """Do it to all, or show what is missing, with everything that was typed."""
        if self.act.must_choose_status:
            return self.ask()
        data = self.request.POST
        form, failing = self.act.form(data, self.selection.rows), FailingForm(data)
        if not (failing.is_valid() and (form is None or form.is_valid())):
            return self._page(form=form, failing=failing)
        skip = others or failing.cleaned_data["failing"] == OTHERS
        change_set, outcome = self._run(form, skip)
        if outcome.undone:
            return self._page(form=form, failing=failing, outcome=outcome)
        tell_taken_out(self.request, [form] if form is not None else [])
        return self._page(outcome=outcome, finished=True, change_set=change_set)

    def _run(
        self, form: ChoiceForm | StatusForAllForm | None, skip: bool
    ) -> tuple[ChangeSet | None, Outcome]:
        cleaned = {} if form is None else form.cleaned_data
        options: dict[str, Any] = {"skip_failing": skip, "seen": self.selection.seen}
        rows, act = self.selection.rows, partial(self.act.run, cleaned=cleaned)
        if not self.act.is_joint:
            return None, actions.for_each(rows, act, **options)
        event = cleaned.get("event")
        return actions.for_each_jointly(rows, act, by=self.act.by, event=event, **options)

    def _groups(self, form: BaseForm | None) -> list[Group]:
        """What a status asks for, as on its own page: the officer's language open."""
        if not isinstance(form, StatusForAllForm):
            return []
        return [*groups_of(form, form.to), *evidence_of(form, hint="")]

    def _page(self, form: BaseForm | None = None, **context: Any) -> TemplateResponse:
        context = {
            **self.admin.admin_site.each_context(self.request),
            "title": self.act.title,
            "opts": self.admin.opts,
            "media": self.admin.media + form.media if form else self.admin.media,
            "address": reverse("admin:initiatives_initiative_bulk"),
            "list_address": _list_address(self.back),
            "back": self.back,
            "name": self.name,
            "act": self.act,
            "definition": DEFINITIONS.get(self.act.to) if self.act.to else None,
            "selection": self.selection,
            "form": form,
            "groups": self._groups(form),
            **context,
        }
        return TemplateResponse(self.request, "admin/initiatives/bulk.html", context)


def _list_address(back: str) -> str:
    return f"{reverse(LIST)}?{back}" if back else reverse(LIST)


def _say(request: HttpRequest, refusal: Refused) -> None:
    for text in refusal.messages:
        messages.error(request, text)
