"""Changes of what is public that wait for a second person, and what becomes of them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from initiatives.actions import asking
from initiatives.actions.edits import apply_edits, inverse_of
from initiatives.actions.errors import Refused
from initiatives.actions.publication import publish, return_to_draft
from initiatives.actions.recording import noting
from initiatives.choices import ChangeAction, RequestKind, RequestState
from initiatives.models import Change, Initiative

# A status is corrected by a further one, and money that was recorded stays recorded.
NEVER_REVERTED = frozenset({"statuschange", "statusrequest", "changerequest", "funding"})
_VERBS_OWN = frozenset("status publication published_at last_checked_at".split())


@transaction.atomic
def request_edits(record, edits, *, by, moved_because="", reverts=None):
    """Ask a second person for `edits`, made on the page of `record`.

    Gives the ChangeRequest, or None where nothing is asked for.
    """
    if not edits:
        return None
    return asking.ask(record, edits=edits, by=by, moved_because=moved_because, reverts=reverts)


@transaction.atomic
def approve_request(request, *, by, comment="", overwrite=False):
    """Do what was asked for, as the second person. Raises Refused where it has become impossible.

    `overwrite` lets the request win over what others wrote since.
    """
    request = asking.waiting(request)
    if by is None or by == request.created_by:
        raise Refused(_("Somebody else has to approve this."), code="second_person")
    if request.kind == RequestKind.PUBLICATION:
        publish(request.initiative, by=by, comment=comment)
        return
    with noting(approved_by=by, reverts=request.reverts):
        apply_edits(
            request.edits, by=request.created_by, reason=request.moved_because, overwrite=overwrite
        )
    asking.close(request, RequestState.APPROVED, by=by, comment=comment)


@transaction.atomic
def reject_request(request, *, by, comment):
    """Refuse a request; the comment tells the officer what to mend. Its author may take it back."""
    request = asking.waiting(request)
    if request.kind == RequestKind.PUBLICATION:
        return_to_draft(request.initiative, by=by, comment=comment)
        return
    asking.reject(request, by=by, comment=comment)


@transaction.atomic
def revert(change, *, by):
    """Take `change` back by a new one, which names it. Raises Refused where others built on it."""
    check_revertible(change)
    reason = _("An earlier change was taken back.")
    with noting(reverts=change):
        apply_edits([inverse_of(change)], by=by, reason=str(reason))


def check_revertible(change):
    """Raises Refused with the reason where a change is not taken back by a click."""
    if change.model in NEVER_REVERTED:
        message = _("Statuses and money are not taken back: correct them by a new entry.")
        raise Refused(message, code="history")
    own = change.model == "initiative"
    if own and (change.action != ChangeAction.CHANGED or _VERBS_OWN & set(change.fields)):
        raise Refused(_("This step has a button of its own that leads back."), code="verb")
    if change.reverted_by.exists():
        raise Refused(_("This change was taken back already."), code="reverted")


def history_of(record):
    """The changes of `record`, those of an initiative with the changes of its rows."""
    if isinstance(record, Initiative):
        return Change.objects.filter(initiative=record)
    return Change.objects.filter(model=record._meta.model_name, key=list(record.natural_key()))
