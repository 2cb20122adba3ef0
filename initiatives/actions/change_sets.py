"""What was done to several records in one save: made, decided and undone as one."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.actions.approvals.requests import approve_request, reject_request
from initiatives.actions.bulk import NOT_ALLOWED, Effect, Outcome, for_each
from initiatives.actions.errors import Refused
from initiatives.actions.recording import LANGUAGES, noting
from initiatives.actions.statuses import correct_status
from initiatives.choices import ChangeSetKind, DeskRole, RequestState
from initiatives.lifecycle import NEEDS, Need, Status
from initiatives.models import (
    ChangeRequest,
    ChangeSet,
    Event,
    Initiative,
    StatusChange,
)
from initiatives.publication import publishing
from initiatives.rights import Rights
from initiatives.rights.public import is_public

UNDONE = _("The joint entry was taken back.")


@contextmanager
def change_set_of(
    kind: ChangeSetKind, *, by: User | None, event: Event | None = None, token: UUID | None = None
) -> Iterator[ChangeSet]:
    """What is written inside has the new ChangeSet as its cause. `token` is that of the form."""
    details = {} if token is None else {"token": token}
    made = ChangeSet(kind=kind, event=event, created_by=by, updated_by=by, **details)
    made.save()
    with noting(change_set=made):
        yield made


def for_each_jointly(
    rows: list[Initiative],
    act: Callable[[Initiative], Any],
    *,
    by: User | None,
    event: Event | None = None,
    skip_failing: bool,
    seen: dict[int, int] | None = None,
) -> tuple[ChangeSet | None, Outcome]:
    """As `for_each`, with a ChangeSet for the statuses that it brought, None if it brought none."""
    with publishing():
        with change_set_of(ChangeSetKind.STATUS, by=by, event=event) as made:
            outcome = for_each(rows, act, skip_failing=skip_failing, seen=seen)
        if outcome.done or outcome.waiting:
            return made, outcome
        made.delete()
    return None, outcome


def requests_of(change_set: ChangeSet) -> list[ChangeRequest]:
    """What waits of it, the first that was asked for first."""
    waiting = change_set.change_requests.filter(state=RequestState.WAITING)
    return list(waiting.select_related("initiative", "created_by").order_by("pk"))


@publishing()
def decide_together(
    change_set: ChangeSet, *, rights: Rights, approve: bool, comment: str = ""
) -> int:
    """Approve or refuse all that waits of `change_set` and that the officer may decide.

    Gives how many were decided. Raises Refused, and nothing is decided, where one of them cannot.
    """
    decided = 0
    for request in requests_of(change_set):
        if not _may_decide(request, rights, approve):
            continue
        verb = approve_request if approve else reject_request
        verb(request, by=rights.user, comment=comment)
        decided += 1
    if not decided:
        raise Refused(_("There is nothing here that you may decide."), code="nothing")
    return decided


def _may_decide(request: ChangeRequest, rights: Rights, approve: bool) -> bool:
    if request.created_by_id == rights.user.pk:
        return not approve  # its author may take it back
    return rights.may_decide(request)


def undo_statuses(change_set: ChangeSet, *, rights: Rights, skip_failing: bool = False) -> Outcome:
    """Take back the statuses that `change_set` brought, each by a further row of its history.

    What waits of it is asked for no more. If a record fails, nothing is undone, unless
    `skip_failing`. The Outcome names what became of each record. Records that the officer may not
    see are left as they are, and for others to take back.
    """
    moved = Initiative.objects.filter(status_changes__change_set=change_set)
    asked = Initiative.objects.filter(
        change_requests__change_set=change_set, change_requests__state=RequestState.WAITING
    )
    touched = (moved | asked).distinct()
    rows = list(touched.filter(pk__in=rights.initiatives().order_by().values("pk")))
    is_whole = len(rows) == touched.count()
    with publishing():
        locked = ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
        outcome = for_each(
            rows, lambda row: _undone(row, locked, rights), skip_failing=skip_failing
        )
        if is_whole and not outcome.undone and (outcome.done or outcome.waiting):
            locked.undone_at, locked.updated_by = timezone.now(), rights.user
            locked.save(update_fields=["undone_at", "updated_by"])
    return outcome


def _undone(
    initiative: Initiative, change_set: ChangeSet, rights: Rights
) -> Effect | ChangeRequest:
    if not rights.has(DeskRole.EDITOR, initiative):
        raise Refused(NOT_ALLOWED, code="role")
    waiting = reject_waiting(initiative, change_set, rights)
    move = initiative.status_changes.filter(change_set=change_set).order_by("number").last()
    if move is None or move.corrects_id is not None:
        return Effect.DONE if waiting else Effect.UNCHANGED
    return status_back(initiative, move, rights)


def reject_waiting(initiative: Initiative | None, change_set: ChangeSet, rights: Rights) -> bool:
    """Ask no more for what waits of `change_set` for the record, or for none, as of an event;
    whether anything did. Raises Refused, and all of it waits on, where the officer may not."""
    key = None if initiative is None else initiative.pk
    waiting = [one for one in requests_of(change_set) if one.initiative_id == key]
    if not all(_may_decide(request, rights, approve=False) for request in waiting):
        raise Refused(NOT_ALLOWED, code="role")
    for request in waiting:
        reject_request(request, by=rights.user, comment=str(UNDONE))
    return bool(waiting)


def status_back(
    initiative: Initiative, move: StatusChange, rights: Rights
) -> Effect | ChangeRequest:
    """The status before `move`, by a row that corrects it."""
    changes = initiative.status_changes.order_by("number")
    if move != changes.last():
        if move.corrections.exists():
            return Effect.UNCHANGED
        raise Refused(_("Its status was changed again since then."), code="not_last")
    before = changes.filter(number__lt=move.number).last()
    if before is None:
        raise Refused(_("Its first status cannot be taken back; correct it."), code="status")
    cited = before.citations.select_related("source").first() or move.citations.first()
    details = {
        "to": before.to_status,
        "by": rights.user,
        "effective": before.effective,
        "reason": _in_all_languages(),
        "source": cited and cited.source,
        "locator": cited.locator if cited else "",
        "event": before.event,
        "decided_by": before.decided_by,
    }
    asks = must_ask(initiative, [before.to_status], rights)
    gate = ApprovalGate(initiative, rights=rights, asks=asks)
    gate.run(lambda: correct_status(move, origin=before.origin, awaits_approval=asks, **details))
    return gate.request or Effect.DONE


def must_ask(initiative: Initiative, statuses: Iterable[str], rights: Rights) -> bool:
    """Whether a second person has to decide on `statuses` of the record."""
    if any(Need.SECOND_PERSON in NEEDS[Status(to)] for to in statuses):
        return True
    return is_public(initiative) and not rights.has(DeskRole.PUBLISHER, initiative)


def _in_all_languages() -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = gettext("The joint entry was taken back.")
    return found
