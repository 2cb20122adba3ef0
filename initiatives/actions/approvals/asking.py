"""The rows of change requests: made once, decided once. Each is its own record."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals.request_mails import note_recipients
from initiatives.actions.errors import Refused
from initiatives.actions.recording import circumstance
from initiatives.choices import RequestKind, RequestState
from initiatives.models import ChangeRequest, Initiative
from initiatives.models.changes import Edit
from initiatives.models.record import Record


def ask(record: Record, *, by: User | None, **details: Any) -> ChangeRequest:
    """Store that `by` asks for something about `record`. Gives the ChangeRequest."""
    initiative = record if isinstance(record, Initiative) else getattr(record, "initiative", None)
    request = ChangeRequest(
        initiative=initiative,
        model=str(record._meta.model_name),
        key=list(record.natural_key()),
        batch=circumstance("batch"),
        change_set=circumstance("change_set"),
        created_by=by,
        updated_by=by,
        **details,
    )
    request.save()
    note_recipients(request)
    return request


def repeat(request: ChangeRequest, *, by: User, **details: Any) -> ChangeRequest:
    """Store that `by` asks once more for what `request` was about, with other `details`."""
    same = {name: getattr(request, name) for name in ("initiative", "model", "key", "kind")}
    of = {name: getattr(request, name) for name in ("batch", "reverts", "change_set")}
    again = ChangeRequest(**same, **details, **of, created_by=by, updated_by=by)
    again.save()
    note_recipients(again)
    return again


def split(request: ChangeRequest, *, edits: list[Edit], kind: RequestKind) -> ChangeRequest:
    """Store a part of `request` as a request of its own, of the same author and the same day."""
    names = ("initiative", "model", "key", "batch", "change_set", "reverts", "moved_because")
    same = {name: getattr(request, name) for name in (*names, "created_by", "created_at")}
    other = ChangeRequest(**same, edits=edits, kind=kind, updated_by=request.approver)
    other.save()
    return other


def waiting(request: ChangeRequest) -> ChangeRequest:
    """The request, locked. Raises Refused if it has been decided meanwhile."""
    lock_what_it_publishes(request)
    locked = ChangeRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not locked.waits:
        raise Refused(_("This request has been decided already."), code="decided")
    return locked


def lock_what_it_publishes(request: ChangeRequest) -> None:
    """Before the request itself, as who publishes the record has them locked in this order."""
    if request.kind == RequestKind.PUBLICATION and request.initiative_id is not None:
        Initiative.objects.select_for_update().get(pk=request.initiative_id)


def close(
    request: ChangeRequest, state: RequestState, *, by: User | None, comment: str = ""
) -> None:
    """Store the decision, its day and its person."""
    request.state, request.approver, request.comment = state, by, comment
    request.decided_at = request.updated_at = timezone.now()
    request.updated_by = by
    request.version += 1
    request.save()


def reject(request: ChangeRequest, *, by: User | None, comment: str) -> None:
    """Store that the request was refused, or taken back by its author.

    Without a comment nobody else could mend anything.
    """
    if by != request.created_by and not (comment or "").strip():
        raise Refused({"comment": _("Say what has to be corrected.")})
    close(request, RequestState.REJECTED, by=by, comment=comment)
