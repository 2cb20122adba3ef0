"""Making many drafts at once, with the records that saving them one by one would have written."""

from collections import defaultdict

from django.utils import timezone

from initiatives.actions.errors import NeedsMissing
from initiatives.actions.imports.built import Built
from initiatives.actions.imports.known import Known
from initiatives.actions.imports.statements import insert
from initiatives.actions.initiatives import next_codes
from initiatives.choices import RowOutcome
from initiatives.lifecycle import missing


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
    insert(change for one in built for change in one.changes())
    for one in built:
        one.row.initiative, one.row.outcome = one.initiative, RowOutcome.DONE


def _give_codes(built: list[Built]) -> None:
    without = [one for one in built if not one.initiative.code]
    if without:
        codes = next_codes(timezone.localdate().year, len(without))
        for one, code in zip(without, codes, strict=True):
            one.initiative.code = code


def _write(built: list[Built]) -> None:
    """What others point to comes first."""
    for one in built:
        one.finish()
    insert(one.initiative for one in built)
    _find_keys([one.initiative for one in built], "code")
    moved = [one for one in built if one.move is not None]
    for one in moved:
        one.move.initiative = one.initiative
    insert(one.move for one in moved)
    _find_keys([one.move for one in moved], "initiative_id")
    _write_parts(built)


def _find_keys(records: list, name: str) -> None:
    """The keys that the database gave, by the field `name`, of which each has another value."""
    if records:
        values = {f"{name}__in": [getattr(record, name) for record in records]}
        rows = type(records[0])._base_manager.filter(**values)
        keys = dict(rows.values_list(name, "pk"))
        for record in records:
            record.pk = keys[getattr(record, name)]


def _write_parts(built: list[Built]) -> None:
    tables = defaultdict(list)
    for one in built:
        for record in one.parts():
            tables[type(record)].append(record)
    for records in tables.values():
        insert(records)
