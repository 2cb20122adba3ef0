"""One record as it was before an import changed it."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals import asking
from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.actions.approvals.requests import TAKEN_BACK
from initiatives.actions.edits import apply_edits, inverse_of
from initiatives.actions.errors import Refused
from initiatives.actions.initiatives import is_bound_by_promises, save
from initiatives.actions.recording import LANGUAGES, noting
from initiatives.actions.rows_before import row_before
from initiatives.actions.statuses import correct_status
from initiatives.choices import ChangeAction, Origin, RequestState
from initiatives.models import (
    Change,
    ChangeRequest,
    Funding,
    ImportBatch,
    Initiative,
    Milestone,
)
from initiatives.models.changes import REQUESTS
from initiatives.models.record import AppendOnlyQuerySet, Record
from initiatives.rights import Rights

_CITED = ("funding", "milestone")
# Histories of their own: a status is corrected, a wish is turned down.
_OTHERWISE = ("statuschange", *REQUESTS, "citation")


def take_back(
    batch: ImportBatch,
    initiative: Initiative,
    rights: Rights,
    *,
    by: User | None,
    also: Sequence[Change] = (),
) -> bool:
    """Do the opposite of what the import did to `initiative`, the last thing first.

    `also` are changes of what belonged to a part of it; they come after those of the parts.

    True if that waits for a second person. Raises Refused where it cannot be done.
    """
    _withdraw_requests(batch, initiative, by)
    changes = batch.changes.filter(initiative=initiative).order_by("-pk")
    edits = [change for change in changes if _is_edit(change)] + list(also)
    gate = ApprovalGate(initiative, rights=rights)
    gate.run(lambda: _all_back(initiative, changes, edits, by))
    if gate.undone and any("status" in change.fields for change in changes):
        message = _("Its status is public: somebody who may publish has to take it back.")
        raise Refused(message, code="status")
    return gate.request is not None


def _is_edit(change: Change) -> bool:
    is_status = change.model == "initiative" and "status" in change.fields
    is_own = change.model == "citation" and "initiative" in change.key[2:3]
    return is_own or (change.model not in _OTHERWISE and not is_status)


def _all_back(
    initiative: Initiative,
    changes: AppendOnlyQuerySet[Change],
    edits: list[Change],
    by: User | None,
) -> None:
    for change in changes:
        if change.action == ChangeAction.CHANGED and "status" in change.fields:
            with noting(reverts=change):
                _status_back(initiative, by)
    reason = str(TAKEN_BACK) if is_bound_by_promises(initiative) else ""
    for change in edits:
        edit = inverse_of(change)
        if change.action == ChangeAction.CREATED and change.model in _CITED:
            _refuse_cited(row_before(edit))
        with noting(reverts=change):
            apply_edits([edit], by=by, reason=reason)
    _first_promise_back(initiative, edits, by)


def _refuse_cited(row: Record | None) -> None:
    """What officers cited for a line that the import brought would go with the line."""
    if isinstance(row, Funding | Milestone) and row.citations.exists():
        message = _("A source was cited for “%(row)s”. Remove that first, or leave the line.")
        raise Refused(message, code="cited", params={"row": row})


def _first_promise_back(initiative: Initiative, edits: list[Change], by: User | None) -> None:
    """An end that the import was the first to promise was never promised."""
    first = [change for change in edits if "first_planned_end" in change.fields]
    if not first or first[-1].fields["first_planned_end"][0] is not None:
        return
    record = type(initiative).objects.select_for_update().get(pk=initiative.pk)
    if record.planned_end is None and record.first_planned_end is not None:
        record.first_planned_end = None
        with noting(reverts=first[-1]):
            save(record, by=by)


def _status_back(initiative: Initiative, by: User | None) -> None:
    """By a further row, since statuses are never taken away."""
    changes = initiative.status_changes.order_by("number")
    last = changes.last()
    before = changes.filter(number__lt=last.number).last() if last is not None else None
    if last is None or before is None:
        raise Refused(_("Its first status cannot be taken back; correct it."), code="status")
    cited = before.citations.select_related("source").first() or last.citations.first()
    correct_status(
        last,
        to=before.to_status,
        by=by,
        effective=before.effective,
        reason=_in_all(),
        source=cited and cited.source,
        decided_by=before.decided_by,
        origin=Origin.IMPORT,
    )


def _in_all() -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = gettext("An import was taken back.")
    return found


def _withdraw_requests(batch: ImportBatch, initiative: Initiative, by: User | None) -> None:
    """What the import asked for and nobody decided yet is asked for no more."""
    told = str(_("The import was undone."))
    change_request = ChangeRequest.objects.filter(batch=batch, initiative=initiative)
    for request in change_request.filter(state=RequestState.WAITING):
        asking.reject(asking.waiting(request), by=by, comment=told)
