"""What people changed of a record since the last import that had it.

It matters for files that do not say from which version of the record they were made.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q

from initiatives.choices import ChangeAction, ImportState
from initiatives.models import Change, ImportRow
from initiatives.models.changes import REQUESTS, Edit
from initiatives.models.record import in_texts


@dataclass(frozen=True)
class HandEdit:
    """One save by a person; `fields` are the names of those that it changed."""

    model: str
    key: tuple[str, ...]
    action: str
    fields: frozenset[str]

    def clashes(self, planned: Edit) -> bool:
        """Whether `planned`, an edit in the words of `Change`, would change the same."""
        if (self.model, self.key) != (planned["model"], in_texts(planned["key"])):
            return False
        both_change = self.action == planned["action"] == ChangeAction.CHANGED
        return not both_change or not self.fields.isdisjoint(planned["fields"])


def edits_by_hand(keys: Iterable[int]) -> dict[int, list[HandEdit]]:
    """By key of the record. Imports and what was asked for are no edits. To publish or to check a
    record, and all other stamps, change no field that a file has."""
    seen = ImportRow.objects.filter(initiative__in=keys, batch__state=ImportState.APPLIED)
    last = dict(seen.values_list("initiative").annotate(at=Max("batch__applied_at")))
    if not last:
        return {}
    made_by_import = Q(batch__isnull=False) | Q(reverts__batch__isnull=False)
    rows = Change.objects.exclude(made_by_import).exclude(model__in=REQUESTS)
    rows = rows.filter(initiative__in=last, recorded_at__gt=min(last.values()))
    found = defaultdict(list)
    names = ("initiative", "recorded_at", "model", "key", "action", "fields")
    for initiative, at, model, key, action, fields in rows.values_list(*names):
        if at > last[initiative]:
            edit = HandEdit(model, in_texts(key), action, frozenset(fields))
            found[initiative].append(edit)
    return dict(found)


def clash(edits: Iterable[HandEdit], planned: list[Edit], *, moves: bool) -> bool:
    """Whether any of `edits` and what a row plans change the same; `moves` says that the row
    enters a status."""
    return any(
        any(edit.clashes(one) for one in planned) or (moves and "status" in edit.fields)
        for edit in edits
    )
