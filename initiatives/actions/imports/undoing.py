"""Taking back what an import did, except where somebody went on from there."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions.bulk import NOT_ALLOWED
from initiatives.actions.errors import Refused
from initiatives.actions.imports.applying import OUTCOME, chunks_of
from initiatives.actions.imports.new_references import remove_references
from initiatives.actions.imports.taking_back import take_back
from initiatives.actions.publication import erase_drafts
from initiatives.bulk_rows import update_rows
from initiatives.choices import (
    ChangeAction,
    DeskRole,
    EditionCause,
    ImportState,
    Publication,
    RowAction,
    RowOutcome,
)
from initiatives.models import Change, ImportBatch, ImportRow, Initiative
from initiatives.models.changes import NO_EDIT
from initiatives.publication import publishing
from initiatives.rights import Rights
from initiatives.translatable import Translatable

EDITED = _("It was changed after the import and stays as it is.")
PUBLIC = _("It is public: taking it back waits for a second person.")
_DONE = (RowOutcome.DONE, RowOutcome.WAITING)


@publishing(EditionCause.IMPORT)
def undo(batch: ImportBatch, *, by: User | None) -> ImportBatch:
    """Restore what was there before `batch`: drafts that it made go, changes are taken back.

    Records that were changed since stay as they are, and their rows say so. Raises Refused if the
    batch was not applied.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.state != ImportState.APPLIED:
        raise Refused(_("Only an import that was applied can be undone."), code="not_applied")
    lost = _lost_citations(batch)
    rows = batch.rows.filter(outcome__in=_DONE).select_related("initiative")
    for chunk in chunks_of(rows, backwards=True):
        _undo(batch, chunk, by, lost)
        update_rows(ImportRow, chunk, OUTCOME)
    remove_references(batch, by=by)
    batch.state, batch.undone_at = ImportState.UNDONE, timezone.now()
    batch.updated_at, batch.updated_by = batch.undone_at, by
    batch.version += 1
    batch.save()
    return batch


def _undo(
    batch: ImportBatch, chunk: list[ImportRow], by: User | None, lost: dict[str, list[Change]]
) -> None:
    rights = Rights(by) if by is not None else Rights.of_system()
    keys = [row.initiative_id for row in chunk if row.initiative_id]
    affected_records = _touched(batch, keys)
    theirs = set(keys) - _own(rights, keys)
    drafts = _untouched_drafts(batch, keys, affected_records | theirs | _cited_since(batch, chunk))
    created = [row for row in chunk if row.action == RowAction.CREATE]
    erase_drafts([drafts[r.initiative_id] for r in created if r.initiative_id in drafts], by=by)
    for row in chunk:
        if row.initiative_id in theirs:
            _tell(row, NOT_ALLOWED)
        elif row.action == RowAction.CREATE:
            gone = row.initiative_id in drafts or row.initiative_id is None
            _tell(row, None if gone else EDITED)
            row.initiative = None if gone else row.initiative
        elif row.initiative_id in affected_records or row.initiative is None:
            _tell(row, EDITED)
        else:
            _attempt(batch, row, row.initiative, rights, by, lost)


def _lost_citations(batch: ImportBatch) -> dict[str, list[Change]]:
    """What became of the citations of money that went, by the code of the initiative, which is
    all that these histories have of it."""
    found: dict[str, list[Change]] = {}
    gone = batch.changes.filter(model="citation", action=ChangeAction.DELETED)
    for change in gone.order_by("-pk").iterator(chunk_size=2000):
        found.setdefault(change.key[3], []).append(change)
    return found


def _own(rights: Rights, keys: list[int]) -> set[int]:
    """The records on which the officer is an editor still."""
    rows = rights.initiatives(DeskRole.EDITOR).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def _tell(row: ImportRow, why: Translatable | None) -> None:
    row.outcome = RowOutcome.UNDONE if why is None else RowOutcome.LEFT
    row.told = "" if why is None else str(why)


def _attempt(
    batch: ImportBatch,
    row: ImportRow,
    initiative: Initiative,
    rights: Rights,
    by: User | None,
    lost: dict[str, list[Change]],
) -> None:
    try:
        with transaction.atomic():
            also = lost.get(initiative.code, [])
            waits = take_back(batch, initiative, rights, by=by, also=also)
    except ValidationError as refusal:
        _tell(row, " ".join(refusal.messages))
    except IntegrityError:
        _tell(row, EDITED)
    else:
        _tell(row, None)
        if waits:
            row.outcome, row.told = RowOutcome.WAITING, str(PUBLIC)


def _touched(batch: ImportBatch, keys: list[int]) -> set[int]:
    """The records that somebody changed after the import, otherwise than by approving it."""
    later = Change.objects.filter(initiative__in=keys, recorded_at__gt=batch.applied_at)
    ours = Q(batch=batch) | Q(reverts__batch=batch)
    # What another import did and undid again is as if it had never been.
    undone = Q(batch__state=ImportState.UNDONE) | Q(reverts__batch__state=ImportState.UNDONE)
    others = later.exclude(ours).exclude(undone)
    return set(others.exclude(NO_EDIT).values_list("initiative", flat=True))


def _cited_since(batch: ImportBatch, chunk: list[ImportRow]) -> set[int]:
    """New records for whose money or milestones somebody cited a source, which the histories have
    by the code of the record alone."""
    created = [row.initiative for row in chunk if row.action == RowAction.CREATE]
    codes = {one.code: one.pk for one in created if one is not None}
    cited = Change.objects.filter(model="citation", recorded_at__gt=batch.applied_at)
    others = cited.exclude(Q(batch=batch) | Q(reverts__batch=batch)).filter(key__3__in=list(codes))
    return {codes[key[3]] for key in others.values_list("key", flat=True)}


def _untouched_drafts(
    batch: ImportBatch, keys: list[int], affected_records: set[int]
) -> dict[int, Initiative]:
    """Drafts that were never public nor changed since, and under which nobody put anything."""
    rows = Initiative.objects.filter(
        pk__in=set(keys) - affected_records, publication=Publication.DRAFT, published_at=None
    )
    found = {row.pk: row for row in rows.select_for_update()}
    parts = dict(Initiative.objects.filter(parent__in=list(found)).values_list("pk", "parent"))
    own = batch.rows.filter(action=RowAction.CREATE, initiative__in=list(parts))
    goes = set(own.values_list("initiative", flat=True)) - _touched(batch, list(parts))
    for part, parent in parts.items():
        if part not in goes and parent is not None:
            found.pop(parent, None)
    return found
