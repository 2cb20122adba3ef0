"""Cells that change nothing by themselves: from which version a file was made, and why something
changes. One that explains nothing is told, since its text is kept nowhere."""

from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.imports.planning.cells import VERSION
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.text.plain_text import clean

OF_STATUS = (
    "status_source",
    "status_decided_by",
    *(f"status_reason_{language}" for language in Language.values),
)
OF_PROMISES = "moved_because"
_SHOWN = 40


def plan_version(row_plan: RowPlan) -> None:
    """Without a version that can be relied on, what others did meanwhile might be undone."""
    cells, stored = row_plan.cells, row_plan.stored
    text = cells.texts.get(VERSION, "").strip()
    if text and cells.version is None:
        message = _(
            "“%(value)s” is no number of a version. Leave the cell as it was in the downloaded"
            " file, or empty it."
        )
        cells.refuse(VERSION, message % {"value": clean(text)[:_SHOWN]})
    if stored is not None and cells.version and cells.version > stored.version:
        message = _(
            "The file says version %(theirs)s, but the record has version %(ours)s. Is the file"
            " from another site? Download it again, or empty the cell."
        )
        cells.refuse(VERSION, message % {"theirs": cells.version, "ours": stored.version})


def note_unused(row_plan: RowPlan) -> None:
    """Last, when it is known what the row does."""
    is_wrong = any(name.startswith("status") for name in row_plan.cells.errors)
    if row_plan.move is None and not is_wrong:
        for name in OF_STATUS:
            _note(row_plan, name, _("The status does not change in this row, so this is not used."))
    if not row_plan.moved_because:
        _note(row_plan, OF_PROMISES, _("No promised date moves in this row, so this is not used."))


def _note(row_plan: RowPlan, name: str, message: str) -> None:
    cells = row_plan.cells
    if cells.texts.get(name, "").strip() and name not in cells.errors:
        cells.note(name, message)
