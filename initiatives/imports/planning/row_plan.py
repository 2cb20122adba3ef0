"""What one row of a file asks for, gathered part by part as edits in the words of `Change`."""

from typing import Any

from django.core.exceptions import ValidationError

from initiatives.actions.recording import differences
from initiatives.choices import ChangeAction
from initiatives.imports.planning.cells import Cells
from initiatives.imports.planning.lists import KnownSource, Lists
from initiatives.models import Initiative
from initiatives.models.changes import Edit
from initiatives.models.record import Record
from initiatives.models.texts import text_of
from initiatives.partial_dates import PartialDate


class RowPlan:
    """`stored` is the record that the row means, None if it is to be made.

    `directly` says that what it changes needs no second person. `fields` are those of the record
    itself that change, `after` their values; `edits` those of the rows that belong to it.
    """

    def __init__(
        self, cells: Cells, stored: Initiative | None, lists: Lists, *, directly: bool
    ) -> None:
        self.cells, self.stored, self.lists, self.directly = cells, stored, lists, directly
        self.code = stored.code if stored is not None else ""
        self.fields: dict[str, list] = {}
        self.after: dict[str, object] = {}
        self.edits: list[Edit] = []
        self.move: dict | None = None
        self.above = self.moved_because = ""
        self.key_is_identifier = self.elsewhere = False
        self.makes: list[Edit] = []
        self.notes: list[str] = []
        self.parts: dict[str, list[dict[str, str]]] = {}
        # What the rules of a status ask about the record as it would be.
        self.parties = self.main_sectors = self.organisations = 0

    def alter(self, name: str, value: PartialDate | str | None) -> None:
        """The field `name` of the record becomes `value`."""
        old = None if self.stored is None else text_of(self.stored, name)
        new = as_text(value)
        if old != new:
            self.fields[name], self.after[name] = [old, new], value

    def value_of(self, name: str) -> Any:
        """The field `name` as it will be."""
        if name in self.after or self.stored is None:
            return self.after.get(name)
        return getattr(self.stored, name)

    def source(self, column: str, text: str) -> KnownSource:
        """The source that `text` names in `column`; refuses the cell if nobody knows it."""
        try:
            return self.lists.source(text)
        except ValidationError as refusal:
            self.cells.refuse(column, " ".join(refusal.messages))

    def add(self, model: str, key: list, **fields: Any) -> None:
        texts = {"initiative": self.code} | fields
        self.edits.append(_edit(model, [self.code, *key], ChangeAction.CREATED, _new(texts)))

    def change(self, model: str, key: list, **fields: list) -> None:
        self.edits.append(_edit(model, [self.code, *key], ChangeAction.CHANGED, fields))

    def remove(self, row: Record) -> None:
        held = {name: [value, None] for name, (_old, value) in differences(None, row).items()}
        model, key = row._meta.model_name, list(row.natural_key())
        self.edits.append(_edit(model, key, ChangeAction.DELETED, held))

    def all_edits(self) -> list[Edit]:
        """The edit of the record itself first, then those of what belongs to it."""
        if not self.fields and self.stored is not None:
            return self.edits
        action = ChangeAction.CHANGED if self.stored is not None else ChangeAction.CREATED
        return [_edit("initiative", [self.code], action, self.fields), *self.edits]


def _edit(model: str | None, key: list, action: ChangeAction, fields: dict) -> Edit:
    return Edit(model=str(model), key=key, action=action.value, fields=fields)


def as_text(value: Any) -> str | None:
    """As `texts.text_of` writes it."""
    return None if value is None or value == "" else str(value)


def _new(texts: dict) -> dict:
    return {
        name: [None, as_text(text)] for name, text in texts.items() if as_text(text) is not None
    }
