"""Changes of what is public that wait for a second person, and what becomes of them."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CASCADE
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals import asking
from initiatives.actions.edits import apply_edits, inverse_of, is_understood, refuse_undue_values
from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import is_bound_by_promises
from initiatives.actions.publication import publish, return_to_draft
from initiatives.actions.recording import listening, noting
from initiatives.actions.rows_before import row_before
from initiatives.actions.status_edits import status_among
from initiatives.choices import ChangeAction, Language, RequestKind, RequestState
from initiatives.lifecycle import NEEDS, Need, Status
from initiatives.models import Change, ChangeRequest, Initiative
from initiatives.models.changes import REQUESTS, Edit
from initiatives.models.record import Record
from initiatives.publication import publishing

# A status is corrected by a further one, and money that was recorded stays recorded.
NEVER_REVERTED = frozenset({"statuschange", *REQUESTS, "funding"})
TAKEN_BACK = _("An earlier change was taken back.")
# How much was delivered is not among them: what was implemented before that was asked says nothing.
_GIVEN_BY = {
    Need.START: ("actual_start",),
    Need.END: ("actual_end",),
    Need.OUTCOME: tuple(f"outcome_{language}" for language in Language.values),
}
_VERBS_OWN = frozenset("status publication published_at last_checked_at".split())


@publishing()
def request_edits(
    record: Record,
    edits: list[Edit],
    *,
    by: User | None,
    moved_because: str = "",
    reverts: Change | None = None,
) -> ChangeRequest | None:
    """Ask a second person for `edits`, made on the page of `record`.

    Gives the ChangeRequest, or None where nothing is asked for. Raises Refused where a status is
    among the edits and another one waits already: two would be decided in ignorance of each other.
    """
    if not edits:
        return None
    kind = RequestKind.EDIT if status_among(edits) is None else RequestKind.STATUS
    if kind == RequestKind.STATUS:
        _refuse_second_status(record)
    return asking.ask(
        record, kind=kind, edits=edits, by=by, moved_because=moved_because, reverts=reverts
    )


def _refuse_second_status(initiative: Record) -> None:
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    waiting = ChangeRequest.objects.filter(initiative=initiative.pk, kind=RequestKind.STATUS)
    if waiting.filter(state=RequestState.WAITING).exists():
        raise Refused(_("A status change already waits for approval."), code="waiting")


@publishing()
def approve_request(
    request: ChangeRequest, *, by: User | None, comment: str = "", overwrite: bool = False
) -> None:
    """Do what was asked for, as the second person. Raises Refused where it has become impossible.

    `overwrite` lets the request win over what others wrote since.
    """
    request = asking.waiting(request)
    if request.kind == RequestKind.PUBLICATION:
        _refuse_author(request, by)
        publish(_record_of(request), by=by, comment=comment)
        return
    do_request(request, by=by, overwrite=overwrite)
    asking.close(request, RequestState.APPROVED, by=by, comment=comment)


def _record_of(request: ChangeRequest) -> Initiative:
    assert request.initiative is not None  # as one that is to be published always has
    return request.initiative


def _refuse_author(request: ChangeRequest, by: User | None) -> None:
    if by is None or by == request.created_by:
        raise Refused(_("Somebody else has to approve this."), code="second_person")


def do_request(request: ChangeRequest, *, by: User | None, overwrite: bool) -> None:
    """Do the edits of `request` as its second person `by`, inside the decision about it."""
    _refuse_author(request, by)
    if request.reverts is not None and request.reverts.action == ChangeAction.DELETED:
        check_revertible(request.reverts)  # else what is back by now would come a second time
    cause = {"batch": request.batch, "change_set": request.change_set}
    with noting(approved_by=by, reverts=request.reverts, **cause):
        apply_edits(
            request.edits, by=request.created_by, reason=request.moved_because, overwrite=overwrite
        )
        refuse_undue_values(request.edits)


@publishing()
def reject_request(request: ChangeRequest, *, by: User | None, comment: str) -> None:
    """Refuse a request; the comment tells the officer what to mend. Its author may take it back."""
    request = asking.waiting(request)
    if request.kind == RequestKind.PUBLICATION:
        return_to_draft(_record_of(request), by=by, comment=comment)
        return
    asking.reject(request, by=by, comment=comment)


@publishing()
def ask_again(
    request: ChangeRequest, edits: list[Edit], *, by: User | None, moved_because: str = ""
) -> ChangeRequest:
    """Ask for `edits` in the place of a rejected request of one's own. Gives the new request.

    Raises Refused, with what stands against them, where approving them would fail.
    """
    if request.state != RequestState.REJECTED or by is None or request.created_by != by:
        raise Refused(_("Only your own requests that were rejected can be corrected."), code="mend")
    rehearse(lambda: _do_again(edits, by=by, reason=moved_because))
    return asking.repeat(request, edits=edits, moved_because=moved_because, by=by)


def _do_again(edits: list[Edit], *, by: User | None, reason: str) -> None:
    apply_edits(edits, by=by, reason=reason, awaits_approval=True)
    refuse_undue_values(edits)


def rehearse(act: Callable[[], object]) -> None:
    """Do it and undo it, so that what it refuses is known."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


@publishing()
def revert(change: Change, *, by: User | None) -> None:
    """Take `change` back by a new one, which names it. Raises Refused where others built on it."""
    change = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)  # not twice at once
    check_revertible(change)
    _refuse_what_others_hang_on(change)
    may_mend = change.initiative is not None and not is_bound_by_promises(change.initiative)
    met = _met_by_its_fields(change)
    with noting(reverts=change), listening() as heard:
        inverse = [inverse_of(change)]
        apply_edits(inverse, by=by, reason="" if may_mend else str(TAKEN_BACK))
        refuse_undue_values(inverse)
    if met - _met_by_its_fields(change):
        message = _(
            "The status of the record needs what this change gave. Correct the status first."
        )
        raise Refused(message, code="needed")
    if not heard:
        message = _("What this change wrote is no longer there; nothing is to be taken back.")
        raise Refused(message, code="no_effect")


def _met_by_its_fields(change: Change) -> set[Need]:
    """What the status of its record needs and a field of the record gives, as it is stored now."""
    if change.model != "initiative" or change.initiative_id is None:
        return set()
    row = Initiative.objects.get(pk=change.initiative_id)
    given = {need for need, names in _GIVEN_BY.items() if any(getattr(row, name) for name in names)}
    return given & set(NEEDS[Status(row.status)])


def _refuse_what_others_hang_on(change: Change) -> None:
    """A row that was added does not go by a click together with what was added to it."""
    row = row_before(inverse_of(change)) if change.action == ChangeAction.CREATED else None
    for relation in row._meta.related_objects if row is not None else ():
        theirs = relation.related_model._base_manager.filter(**{relation.field.name: row})
        if relation.on_delete is CASCADE and theirs.exists():
            message = _("“%(row)s” has got %(what)s since. Take those back first.")
            words = {"row": row, "what": relation.related_model._meta.verbose_name_plural}
            raise Refused(message, code="built_on", params=words)


def check_revertible(change: Change) -> None:
    """Raises Refused with the reason where a change is not taken back by a click.

    It asks no query where `reverted_by` is fetched with the change.
    """
    if change.model in NEVER_REVERTED:
        message = _("Statuses and money are not taken back: correct them by a new entry.")
        raise Refused(message, code="history")
    own = change.model == "initiative"
    if own and (change.action != ChangeAction.CHANGED or _VERBS_OWN & set(change.fields)):
        raise Refused(_("This step has a button of its own that leads back."), code="verb")
    if is_taken_back(change):
        raise Refused(_("This change was taken back already."), code="reverted")
    if not is_understood(change):
        message = _("This change is of a kind that is no longer there.")
        raise Refused(message, code="unknown")


def is_taken_back(change: Change) -> bool:
    """Whether a later change takes it back that was not itself taken back since."""
    return not all(map(is_taken_back, change.reverted_by.all()))
