"""The spreadsheet for reading, recognised by its header in whatever format it was saved since."""

from collections.abc import Iterable
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.exchange.workbook import SHEETS
from initiatives.imports.reading.labels import labelled, without_language
from initiatives.imports.reading.table import Unreadable
from initiatives.text.folding import fold

_LONGEST = 100  # characters of a name
_Names = frozenset[str]


def refuse_for_people(texts: Iterable[str], number: int) -> None:
    """Raise Unreadable if the header in row `number` is that of one of its sheets.

    More than half of the names are those of the sheet, half of the sheet's are there, and some are
    names that no table for an import has: people's own tables may share the others.
    """
    found = {fold(text[:_LONGEST]) for text in texts if text.strip()}
    for names, own in _sheets():
        same = len(found & names)
        if 2 * same > len(found) and 2 * same >= len(names) and found & own:
            raise Unreadable(
                _(
                    "This is the spreadsheet for reading, which cannot be imported. Take the "
                    "technical file of the same list (CSV or XLSX), and make your changes there."
                ),
                number,
            )


@cache
def _sheets() -> list[tuple[_Names, _Names]]:
    """Of each sheet in each language the names of its columns, and those that are its own."""
    sheets = []
    for language in Language.values:
        known = labelled(language).keys() | without_language(language).keys()
        with translation.override(language):
            for sheet in SHEETS:
                names = frozenset(fold(column.title) for column in sheet.columns)
                sheets.append((names, names - known))
    return sheets
