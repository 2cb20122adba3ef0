"""What can be done to many initiatives at once: what each asks for, and what it does to one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.actions.bulk import Effect
from initiatives.choices import DeskRole, Publication, RequestKind, RequestState
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.desk.admin.status_page import status_field_maker
from initiatives.desk.forms.bulk import ChoiceForm, StatusForAllForm, fields_for_all
from initiatives.desk.forms.status import details_of
from initiatives.desk.forms.status_fields import DELIVERED, form_fields
from initiatives.lifecycle import NEEDS, Need, Status
from initiatives.models import (
    ChangeRequest,
    Country,
    Desk,
    Event,
    Initiative,
    Sector,
    Source,
    StatusChange,
)
from initiatives.rights.public import is_public
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin


class Act:
    """Something done to each initiative of a selection by the officer of `request`.

    `role` is the least role on a record that makes it possible.
    """

    label: Translatable = ""
    role = DeskRole.EDITOR
    to: Status | None = None
    must_choose_status = False
    is_joint = False  # whether what it brings is undone as one

    def __init__(self, admin: "InitiativeAdmin", request: HttpRequest) -> None:
        self.admin, self.request = admin, request
        self.by, self.rights = officer_of(request), rights_of(request)

    @property
    def title(self) -> str:
        return str(self.label).rstrip("…")

    def form(
        self, data: QueryDict | None, initiatives: list[Initiative]
    ) -> "ChoiceForm | StatusForAllForm | None":
        """What has to be asked, None where there is nothing to ask."""
        return None

    def run(self, initiative: Initiative, cleaned: dict[str, Any]) -> Effect | Model | None:
        """Do it, with the cleaned answers in `asked`; gives what `actions.for_each` understands."""
        if not self.rights.has(self.role, initiative):
            raise PermissionDenied
        return self.do(initiative, cleaned)

    def do(self, initiative: Initiative, cleaned: dict[str, Any]) -> Any:
        raise NotImplementedError

    def _through_gate(
        self, initiative: Initiative, edit: Callable[..., Any]
    ) -> ChangeRequest | Effect:
        """Run `edit` at once, or let it wait where the public would see it."""
        gate = actions.ApprovalGate(initiative, rights=self.rights)
        gate.run(edit)
        if gate.request is not None:
            return gate.request
        return actions.Effect.DONE if gate.changes else actions.Effect.UNCHANGED


class ChangeStatus(Act):
    label: Translatable = _("Change status…")
    is_joint = True

    def __init__(self, admin: "InitiativeAdmin", request: HttpRequest) -> None:
        super().__init__(admin, request)
        to = request.POST.get("to")
        self.to = Status(to) if to in Status.values else None
        self.must_choose_status = self.to is None

    @property
    def chosen(self) -> Status:
        """What `to` is by the time that anything is asked or done."""
        return cast(Status, self.to)

    @property
    def needs_second_person(self) -> bool:
        return Need.SECOND_PERSON in NEEDS[self.chosen]

    def form(self, data: QueryDict | None, initiatives: list[Initiative]) -> StatusForAllForm:
        make = status_field_maker(self.admin.admin_site, self.request)
        fields = form_fields(fields_for_all(self.chosen), make)
        event = StatusChange._meta.get_field("event")
        fields["event"].widget = AutocompleteSelect(event, self.admin.admin_site)
        return StatusForAllForm(
            data,
            to=self.chosen,
            fields=fields,
            initiatives=initiatives,
            sources=self.rights.to_choose(Source),
            events=self.rights.to_choose(Event),
        )

    def do(self, initiative: Initiative, cleaned: dict[str, Any]) -> ChangeRequest | Effect:
        event = cleaned.get("event")
        if event is not None and not initiative.events.filter(event=event).exists():
            message = _("“%(event)s” is no event of this record. Link it there, or name none.")
            raise actions.Refused(message, code="event", params={"event": event})
        side = cleaned.get("decided_by")
        if side is not None and side not in Country.objects.taking_part_in([initiative]):
            message = _("%(country)s takes no part in it, so it cannot have decided.")
            raise actions.Refused(message, code="side", params={"country": side})
        alone = not self.needs_second_person and self._may_decide(initiative)
        gate = actions.ApprovalGate(initiative, rights=self.rights, asks=not alone)
        details: dict[str, Any] = {"awaits_approval": not alone, **details_of(cleaned)}
        record = {name: cleaned[name] for name in DELIVERED if name in cleaned}
        gate.run(
            lambda: actions.enter_status(
                initiative, record=record, to=self.chosen, by=self.by, **details
            )
        )
        return gate.request or actions.Effect.DONE

    def _may_decide(self, initiative: Initiative) -> bool:
        return self.rights.has(DeskRole.PUBLISHER, initiative) or not is_public(initiative)


class ChooseOne(Act):
    """One row is asked for; `what` names it."""

    what: Translatable = ""

    def rows(self) -> QuerySet[Any]:
        """Those to choose from."""
        raise NotImplementedError

    def put(self, initiative: Initiative, chosen: Any) -> None:
        """Give what was chosen to the initiative."""
        raise NotImplementedError

    def form(self, data: QueryDict | None, initiatives: list[Initiative]) -> ChoiceForm:
        return ChoiceForm(data, label=self.what, rows=self.rows())

    def do(self, initiative: Initiative, cleaned: dict[str, Model]) -> ChangeRequest | Effect:
        return self._through_gate(initiative, lambda: self.put(initiative, cleaned["chosen"]))


class GiveToDesk(ChooseOne):
    label, what = _("Give to a desk…"), _("desk")

    def rows(self) -> QuerySet[Desk]:
        return self.rights.to_choose(Desk)

    def put(self, initiative: Initiative, desk: Desk) -> None:
        initiative.desk = desk
        actions.save(initiative, by=self.by)


class GiveToOfficer(ChooseOne):
    label, what = _("Give to an officer…"), _("responsible officer")

    def rows(self) -> QuerySet[User]:
        """Those whom the form of a record offers."""
        owner = Initiative._meta.get_field("owner")
        return self.admin.formfield_for_foreignkey(owner, self.request).queryset

    def put(self, initiative: Initiative, officer: User) -> None:
        initiative.owner = officer
        actions.save(initiative, by=self.by)


class SetMainSector(ChooseOne):
    label, what = _("Set the main sector…"), _("main sector")

    def rows(self) -> QuerySet[Sector]:
        return Sector.objects.all()

    def put(self, initiative: Initiative, sector: Sector) -> None:
        actions.set_main_sector(initiative, sector, by=self.by)


class Publish(Act):
    """A publisher publishes, a reviewer approves what others asked for, an editor asks."""

    label = _("Publish…")

    def do(self, initiative: Initiative, cleaned: dict[str, Any]) -> Effect | Initiative | None:
        if initiative.publication == Publication.PUBLISHED:
            return actions.Effect.UNCHANGED
        if self.rights.may_publish(initiative):
            return actions.publish(initiative, by=self.by)
        if self.rights.has(DeskRole.REVIEWER, initiative):
            return self._approve(initiative)
        return self._ask(initiative)

    def _approve(self, initiative: Initiative) -> Effect:
        waiting = initiative.change_requests.filter(
            kind=RequestKind.PUBLICATION, state=RequestState.WAITING
        ).first()
        if waiting is None:
            message = _("Nobody has asked to publish it; submit it for review first.")
            raise actions.Refused(message, code="not_asked")
        actions.approve_request(waiting, by=self.by)
        return actions.Effect.DONE

    def _ask(self, initiative: Initiative) -> Effect:
        if initiative.publication == Publication.IN_REVIEW:
            return actions.Effect.UNCHANGED
        actions.submit_for_review(initiative, by=self.by)
        return actions.Effect.WAITING


class MarkChecked(Act):
    label = _("Checked, nothing new")

    def do(self, initiative: Initiative, cleaned: dict[str, Any]) -> Initiative:
        return actions.mark_checked(initiative, by=self.by)


ACTS: dict[str, type[Act]] = {
    "status": ChangeStatus,
    "desk": GiveToDesk,
    "owner": GiveToOfficer,
    "sector": SetMainSector,
    "publish": Publish,
    "checked": MarkChecked,
}
