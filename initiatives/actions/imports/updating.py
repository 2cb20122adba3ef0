"""One row that changes a record that is there."""

from django.utils.translation import gettext_lazy as _

from initiatives.actions.approval_gate import ApprovalGate
from initiatives.actions.edits import apply_edits
from initiatives.actions.errors import Refused
from initiatives.actions.imports.moves import facts_to_enter, is_elsewhere
from initiatives.actions.statuses import change_status, request_status
from initiatives.choices import DeskRole, Origin, RowOutcome
from initiatives.models.changes import NO_EDIT, Change
from initiatives.rights.public import is_public

CHANGED = _("It was changed after the preview. Read the file again and look at the row.")


def update(row, initiative, *, by, rights, overwrite) -> None:
    """Do the edits of `row` and enter its status, or ask for both where `by` may not decide.

    Raises Refused, and nothing is done, if the record is not the one of the preview.
    """
    if initiative.version != row.version and _was_edited(initiative, row.version):
        raise Refused(CHANGED, code="conflict")
    outcome = RowOutcome.DONE
    if row.edits:
        gate = ApprovalGate(initiative, rights=rights)
        gate.moved_because = row.moved_because
        gate.run(
            lambda: apply_edits(row.edits, by=by, reason=row.moved_because, overwrite=overwrite)
        )
        outcome = RowOutcome.WAITING if gate.request is not None else outcome
    if row.move:
        directly = rights.has(DeskRole.PUBLISHER, initiative)
        outcome = _move(row, initiative, by, directly, outcome)
    row.outcome = outcome


def _was_edited(initiative, version) -> bool:
    """Whether a person changed the record since; to publish, to check or to ask is no edit."""
    later = Change.objects.filter(initiative=initiative, version__gt=version)
    return later.exclude(NO_EDIT).exists() or not later.exists()


def _move(row, initiative, by, directly, outcome):
    entered = facts_to_enter(row.move, initiative)
    if directly or not is_public(initiative):
        elsewhere = is_elsewhere(row.move)
        change_status(initiative, by=by, origin=Origin.IMPORT, elsewhere=elsewhere, **entered)
        return outcome
    request_status(initiative, by=by, **entered)
    return RowOutcome.WAITING
