"""How values become the text of one cell, each way with its way back.

Two things are done to a text, in this order: the values of a list are joined, and what a
spreadsheet would take for a formula is made harmless. Both can be undone without loss.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

# What Excel, LibreOffice and Google Sheets read as a formula (CWE-1236). Excel with an East Asian
# locale also takes the full-width forms, and a line feed in front hides a sign from simple checks.
_SIGNS = "=+-@\t\r\n＝＋－＠"
_ACTIVE = re.compile(f"'*[{re.escape(_SIGNS)}]")
_HARMLESS = re.compile(f"'+[{re.escape(_SIGNS)}]")
MARKED = f"'{_SIGNS}"  # a text that begins with none of these is never changed
# An amount below zero, or a list of amounts: nothing that could be run, and a number to whoever
# reads the file by a program.
_NUMBER = r"-?\d+(?:\.\d+)?"
_AMOUNTS = re.compile(rf"{_NUMBER}(?:\|(?:{_NUMBER})?)*", re.A)


_WHOLE = len("2025-06-30T12:00:00.000000Z")


def harmless(text: str, *, amounts: bool = False) -> str:
    """`text` with an apostrophe before it if a spreadsheet would run it as a formula.

    In a column of `amounts` plain numbers stay as they are. A text that has such apostrophes of
    its own gets one more, so that `original` can tell.
    """
    if text[:1] not in MARKED or not _ACTIVE.match(text) or (amounts and _AMOUNTS.fullmatch(text)):
        return text
    return f"'{text}"


def original(cell: str) -> str:
    """What `harmless` was given."""
    return cell[1:] if _HARMLESS.match(cell) else cell


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC, with all the fractions of a second that are known."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def instant_text(text: str) -> str:
    """The same of an instant as the register has it, in UTC with all six digits of a second."""
    if len(text) == _WHOLE and text.endswith("Z"):
        return text.replace(".000000Z", "Z")
    return instant(datetime.fromisoformat(text))


def once(values: Iterable) -> list:
    """The values in their order, each once."""
    return list(dict.fromkeys(values))


def join(values: Iterable[str]) -> str:
    """The values of a list in one cell: `UZ|KZ`. A bar or backslash in a value is escaped by one.

    No values and one empty value both give an empty cell; `split` reads it as no values.
    """
    values = values if type(values) is list else list(values)
    joined = "|".join(values)
    if "\\" not in joined and joined.count("|") < (len(values) or 1):
        return joined  # no value has either, as nearly always
    return "|".join(map(escaped, values))


def escaped(value: str) -> str:
    """What `join` makes of one value."""
    if "|" not in value and "\\" not in value:
        return value
    return value.replace("\\", r"\\").replace("|", r"\|")


def split(cell: str) -> list[str]:
    """What `join` was given. A backslash at the end, which `join` never writes, stands for itself.

    Columns that run side by side (see `columns`) may hold empty values; how many there are is
    told by the first of them.
    """
    values = [""] if cell else []
    characters = iter(cell)
    for character in characters:
        if character == "|":
            values.append("")
        else:
            values[-1] += next(characters, character) if character == "\\" else character
    return values
