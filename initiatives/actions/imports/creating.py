"""Making many drafts at once, with the records that saving them one by one would have written."""

from collections import defaultdict

from django.contrib.auth.models import User
from django.utils import timezone

from initiatives.actions.errors import NeedsMissing
from initiatives.actions.imports.draft_builder import DraftBuilder
from initiatives.actions.imports.known import Known
from initiatives.actions.initiatives import next_codes
from initiatives.actions.recording import write_changes
from initiatives.bulk_rows import insert_rows
from initiatives.choices import RowOutcome
from initiatives.lifecycle import missing
from initiatives.models import Citation, ImportRow, Initiative, StatusChange


def create_drafts(rows: list[ImportRow], known: Known, *, by: User | None) -> None:
    """Make the drafts that `rows` (of ImportRow) describe; each keeps which one it became.

    Raises a ValidationError if one of them cannot be made, and none is.
    """
    known.learn(rows)
    now = timezone.now()  # one for all: each instant anew is prepared anew for the database
    drafts = [DraftBuilder(row, known, by=by, now=now) for row in rows]
    _give_codes(drafts)
    for draft in drafts:
        if needs := draft.lacks(missing):
            raise NeedsMissing(needs)
    _write(drafts)
    write_changes([change for draft in drafts for change in draft.changes()])
    for draft in drafts:
        draft.row.initiative, draft.row.outcome = draft.initiative, RowOutcome.DONE


def _give_codes(drafts: list[DraftBuilder]) -> None:
    without = [draft for draft in drafts if not draft.initiative.code]
    if without:
        codes = next_codes(timezone.localdate().year, len(without))
        for draft, code in zip(without, codes, strict=True):
            draft.initiative.code = code


def _write(drafts: list[DraftBuilder]) -> None:
    """Initiatives first, citations last: what is pointed to has to be there."""
    tables = defaultdict(list)
    for draft in drafts:
        draft.finish()
        for record in draft.rows:
            tables[type(record)].append(record)
    insert_rows(Initiative, [draft.initiative for draft in drafts])
    insert_rows(StatusChange, [draft.move for draft in drafts if draft.move is not None])
    citations = tables.pop(Citation, [])
    for model, records in tables.items():
        insert_rows(model, records)
    insert_rows(Citation, citations)
