"""Making many drafts at once, with the records that saving them one by one would have written."""

from collections import defaultdict

from django.utils import timezone

from initiatives.actions.errors import NeedsMissing
from initiatives.actions.imports.built import Built
from initiatives.actions.imports.known import Known
from initiatives.actions.initiatives import next_codes
from initiatives.actions.recording import write_changes
from initiatives.choices import RowOutcome
from initiatives.lifecycle import missing
from initiatives.models import Citation, Initiative, StatusChange


def create_drafts(rows, known: Known, *, by) -> None:
    """Make the drafts that `rows` (of ImportRow) describe; each keeps which one it became.

    Raises a ValidationError if one of them cannot be made, and none is.
    """
    known.learn(rows)
    built = [Built(row, known, by=by) for row in rows]
    _give_codes(built)
    for one in built:
        if needs := one.lacks(missing):
            raise NeedsMissing(needs)
    _write(built)
    write_changes([change for one in built for change in one.changes()])
    for one in built:
        one.row.initiative, one.row.outcome = one.initiative, RowOutcome.DONE


def _give_codes(built: list[Built]) -> None:
    without = [one for one in built if not one.initiative.code]
    if without:
        codes = next_codes(timezone.localdate().year, len(without))
        for one, code in zip(without, codes, strict=True):
            one.initiative.code = code


def _write(built: list[Built]) -> None:
    """Initiatives first, citations last: what is pointed to has to be there."""
    tables = defaultdict(list)
    for one in built:
        one.finish()
        for record in one.rows:
            tables[type(record)].append(record)
    Initiative.objects.bulk_create([one.initiative for one in built])
    StatusChange.objects.bulk_create([one.move for one in built if one.move is not None])
    citations = tables.pop(Citation, [])
    for model, records in tables.items():
        model._default_manager.bulk_create(records)
    Citation.objects.bulk_create(citations)
