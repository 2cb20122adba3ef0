"""A row that was looked at: what stands in it, what would be done, and what is wrong."""

from dataclasses import dataclass, field
from typing import Any

from initiatives.choices import RowAction
from initiatives.models.changes import Edit


@dataclass
class PlannedRow:
    """The fields have the meaning that they have in `models.ImportRow`.

    `identity` is the same for two rows that mean the same record; `names` are those by which
    other rows may point to this one.
    `notes` are pairs of a column, empty if the row as a whole is meant, and what is said of it:
    what was read otherwise than it stands there, left alone or made besides.
    `titles` are those of a record that is to be made, folded as `text.titles.title_key` does.
    `elsewhere` says that another publisher tells of it, whose record above may not be ours.
    """

    number: int
    key: str = ""
    action: str = RowAction.ERROR
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    move: dict[str, Any] | None = None
    above: str = ""
    moved_because: str = ""
    makes: list[Edit] = field(default_factory=list)
    version: int | None = None
    initiative: int | None = None
    identity: str = ""
    names: list[str] = field(default_factory=list)
    elsewhere: bool = False
    edges: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)

    def fail(self, column: str, message: str) -> None:
        """Nothing of the row is done, and this is said of it."""
        self.cells.setdefault(column, {"old": "", "new": self.texts.get(column, "")})
        self.cells[column]["error"] = message
        self.action, self.edits, self.makes, self.move = RowAction.ERROR, [], [], None

    def note(self, text: str, column: str = "") -> None:
        """Say `text` of `column`, or of the row; nothing that is said already is said again."""
        if [column, text] not in self.notes:
            self.notes.append([column, text])

    def leave_parent(self, message: str) -> None:
        """Do all of the row but put it under the record above."""
        self.above, self.edges = "", []
        self.cells.pop("parent", None)
        self.note(message)
        if self.action != RowAction.CREATE and not (self.edits or self.move):
            self.action, self.cells = RowAction.UNCHANGED, {}

    @property
    def wrongs(self) -> list[str]:
        """What is wrong in it, in words."""
        return [
            f"{column}: {cell['error']}" if column else cell["error"]
            for column, cell in self.cells.items()
            if "error" in cell
        ]

    def stored(self) -> dict[str, Any]:
        """The fields of an ImportRow."""
        kept = dict(vars(self))
        for name in ("identity", "names", "elsewhere", "edges", "titles", "initiative"):
            del kept[name]
        return kept | {"initiative_id": self.initiative}
