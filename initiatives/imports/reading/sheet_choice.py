"""Which sheet of a spreadsheet is read: the first visible one with a header that is known."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.header_search import (
    SURE,
    TextRow,
    header_among,
    likelihood,
)
from initiatives.imports.reading.headers import Header
from initiatives.imports.reading.stored import Sheet
from initiatives.imports.reading.table import Facts, Unreadable

_SHOWN = 60  # characters of the name of a sheet
_NAMES = 20  # sheets that are named
TextsOf = Callable[[Sheet], list[TextRow]]


@dataclass(frozen=True)
class Choice:
    """The sheet that is read, its header, and the other ones."""

    sheet: Sheet
    header: Header
    others: list[Sheet]

    def facts(self) -> Facts:
        """Which sheets are read and which are not, in the language of the moment."""
        seen = [one for one in self.others if not one.is_hidden]
        hidden = [one for one in self.others if one.is_hidden]
        named = [
            (_("Sheet"), _named([self.sheet])),
            (_("Sheets not read"), _named(seen)),
            (_("Hidden sheets, not read"), _named(hidden)),
        ]
        return [(label, names) for label, names in named if names]


def choose_sheet(sheets: list[Sheet], texts_of: TextsOf) -> Choice:
    """`texts_of` gives the first rows of a sheet. Raises Unreadable if none has a header."""
    if not any(sheet.place for sheet in sheets):
        raise Unreadable(_("The workbook has no sheet. Save it again as .xlsx."))
    seen = [one for one in sheets if one.place and not one.is_hidden]
    found = _first(seen, texts_of)
    if found is None or not likelihood(found[1]):
        _refuse_hidden([one for one in sheets if one.place and one.is_hidden], texts_of)
    if found is None:
        raise Unreadable(_("No sheet that is shown has a row that is not empty."))
    sheet, rows = found
    others = [one for one in sheets if one is not sheet]
    return Choice(sheet, header_among(rows), others)


def _first(sheets: list[Sheet], texts_of: TextsOf) -> tuple[Sheet, list[TextRow]] | None:
    """The first sheet that surely has a header, else the first that may, else the first one."""
    best: tuple[int, Sheet, list[TextRow]] | None = None
    for sheet in islice(sheets, limits.SHEETS_SEARCHED):
        if not (rows := texts_of(sheet)):
            continue
        likely = min(likelihood(rows), SURE)
        if best is None or likely > best[0]:
            best = likely, sheet, rows
        if likely == SURE:
            break
    return best and best[1:]


def _refuse_hidden(sheets: list[Sheet], texts_of: TextsOf) -> None:
    """Say where the table is, if only a hidden sheet has one."""
    found = _first(sheets, texts_of)
    if found and likelihood(found[1]) >= SURE:
        message = _("Only the hidden sheet “%s” has a header that is known. Show it, save again.")
        raise Unreadable(message % found[0].name[:_SHOWN])


def _named(sheets: list[Sheet]) -> str:
    names = [one.name[:_SHOWN] for one in sheets[:_NAMES]]
    return ", ".join([*names, "…"] if len(sheets) > _NAMES else names)
