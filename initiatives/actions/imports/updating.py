"""One row that changes a record that is there."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.actions.edits import apply_edits
from initiatives.actions.errors import Refused
from initiatives.actions.imports.moves import facts_to_enter, is_elsewhere
from initiatives.actions.statuses import change_status
from initiatives.choices import DeskRole, Origin, RowOutcome
from initiatives.models import ImportRow, Initiative
from initiatives.models.changes import NO_EDIT, Change
from initiatives.rights import Rights
from initiatives.rights.public import is_public

CHANGED = _("It was changed after the preview. Read the file again and look at the row.")


def update(
    row: ImportRow, initiative: Initiative, *, by: User | None, rights: Rights, overwrite: bool
) -> None:
    """Do the edits of `row` and enter its status, or ask for both where `by` may not decide.

    Raises Refused, and nothing is done, if the record is not the one of the preview.
    """
    if initiative.version != row.version and _was_edited(initiative, row.version):
        raise Refused(CHANGED, code="conflict")
    gate = ApprovalGate(initiative, rights=rights)
    gate.moved_because = row.moved_because
    alone = rights.has(DeskRole.PUBLISHER, initiative) or not is_public(initiative)
    with_status = bool(row.move) and not alone  # in one request with what it may need
    gate.run(lambda: _do(row, initiative, by, overwrite, with_status))
    if row.move and alone:
        entered = facts_to_enter(row.move, initiative)
        elsewhere = is_elsewhere(row.move)
        change_status(initiative, by=by, origin=Origin.IMPORT, elsewhere=elsewhere, **entered)
    row.outcome = RowOutcome.DONE if gate.request is None else RowOutcome.WAITING


def _do(
    row: ImportRow, initiative: Initiative, by: User | None, overwrite: bool, with_status: bool
) -> None:
    apply_edits(row.edits, by=by, reason=row.moved_because, overwrite=overwrite)
    if with_status:
        entered = facts_to_enter(row.move, initiative)
        change_status(initiative, by=by, awaits_approval=True, **entered)


def _was_edited(initiative: Initiative, version: int | None) -> bool:
    """Whether a person changed the record since; to publish, to check or to ask is no edit."""
    later = Change.objects.filter(initiative=initiative, version__gt=version)
    return later.exclude(NO_EDIT).exists() or not later.exists()
