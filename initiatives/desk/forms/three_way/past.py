"""What a form showed when it was opened: stored rows with the later changes undone."""

from copy import copy
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import ManyToManyField, Model, Q

from initiatives import actions
from initiatives.choices import ChangeAction
from initiatives.fields.typed import field_of
from initiatives.models import Change, Initiative
from initiatives.models.changes import REQUESTS
from initiatives.models.record import Record
from initiatives.models.texts import put_text, row_of

MOST = 1000  # changes; what lies further back counts as unknown


def later_changes(
    record: Record, models: set[type[Record]], rows: list[Record], seen: int | None
) -> list[Change]:
    """The changes that may have come after the form was opened, the newest first; one query.

    `models` are those of the form, `rows` the stored rows on it, `seen` the version of `record`;
    an initiative without it says nothing of when it was opened.
    """
    if seen is None and isinstance(record, Initiative):
        return []
    if isinstance(record, Initiative):
        changes = actions.history_of(record).exclude(model__in=REQUESTS).filter(version__gt=seen)
    else:
        homes = {getattr(row, "initiative_id", None) for row in (record, *rows)}
        changes = Change.objects.filter(
            Q(initiative=None) | Q(initiative__in=homes - {None}),
            model__in=[model._meta.model_name for model in models],
        )
    return list(changes.select_related("recorded_by").order_by("-id")[:MOST])


class Rewound:
    """The stored `row` as it was in `version`; `changes` are those that came since, newest first.

    `known` is false where the histories do not reach back so far.
    """

    def __init__(self, row: Record, changes: list[Change], version: int | None) -> None:
        self.row = copy(row)
        self._links: dict[str, list[Any]] = {}
        self._lost: set[str] = set()
        self.changes: list[Change] = []
        self.known = version is not None and self._undo(changes, row.version - version)

    def knows(self, name: str) -> bool:
        return self.known and name not in self._lost

    def value(self, name: str) -> Any:
        """The value of the field `name`, as a form has it in the beginning."""
        return self._links[name] if name in self._links else value_of(self.row, name)

    def last_change(self, name: str) -> Change | None:
        """The latest change of the field `name` since then."""
        return next((change for change in self.changes if name in change.fields), None)

    def _undo(self, changes: list[Change], steps: int) -> bool:
        if steps <= 0:
            return steps == 0
        if isinstance(self.row, Initiative):
            return self._undo_versions(changes, self.row.version - steps)
        for change in changes:
            if len(self.changes) < steps and self._is_mine(change):
                self._take_back(change)
        return len(self.changes) == steps

    def _undo_versions(self, changes: list[Change], version: int) -> bool:
        """The rows of an initiative raise its version too, each with a change of its own."""
        since = [change for change in changes if (change.version or 0) > version]
        for change in filter(self._is_mine, since):
            self._take_back(change)
        return len({change.version for change in since}) == self.row.version - version

    def _is_mine(self, change: Change) -> bool:
        named = (change.model, [str(part) for part in change.key])
        return change.action == ChangeAction.CHANGED and named == (
            self.row._meta.model_name,
            self._key(),
        )

    def _key(self) -> list[str] | None:
        try:
            return [str(part) for part in self.row.natural_key()]
        except (ObjectDoesNotExist, AttributeError):  # it pointed to what is there no more
            return None

    def _take_back(self, change: Change) -> None:
        self.changes.append(change)
        for name, (old, _new) in change.fields.items():
            field = self.row._meta.get_field(name)
            if isinstance(field, ManyToManyField):
                targets = (row_of(field.related_model, key) for key in old)
                self._links[name] = [target.pk for target in targets if target is not None]
            elif not was_put(self.row, name, old):
                self._lost.add(name)


def value_of(row: Model, name: str) -> Any:
    """The value of the field `name` of `row`, as a form has it in the beginning."""
    field = field_of(type(row), name)
    if field.many_to_many:
        return [target.pk for target in getattr(row, name).all()]
    return field.value_from_object(row)


def was_put(row: Record, name: str, text: str | None) -> bool:
    """Whether the field `name` of `row` could be given the value that `text` stands for."""
    try:
        return put_text(row, name, text)
    except ValidationError:
        return False
