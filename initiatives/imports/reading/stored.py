"""Cells and rows as a spreadsheet stores them, whichever its format is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from initiatives.imports.reading import limits
from initiatives.imports.reading.table import Unreadable

_NAME = re.compile(r"([A-Z]{1,3})[1-9]\d{0,6}", re.A)


@dataclass(slots=True)
class Stored:
    """A cell that is not empty: its type in the words of SpreadsheetML, the number of its style,
    its text, whether a formula computes it, and the currency that it names itself, if any.

    The type `text` is a text in which nothing is escaped, `percentage` a number that is known for
    one without its format.
    """

    type: str
    style: int
    text: str
    formula: bool
    currency: str = ""


@dataclass(frozen=True)
class Merged:
    """A range of cells that were made one, with its rows and the place of its first column."""

    name: str
    first: int
    last: int
    place: int


@dataclass(slots=True)
class StoredRow:
    """The cells by their places, counted from 0, and the merged ranges that touch the row."""

    number: int
    cells: dict[int, Stored]
    is_hidden: bool = False
    merged: list[Merged] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """`place` says where it is, in the way of its format."""

    name: str
    is_hidden: bool
    place: str


def few_empty(rows: Iterator[StoredRow]) -> Iterator[StoredRow]:
    """The rows that are not empty. Refuses rows without end that hold nothing."""
    empty = last = 0
    for row in rows:
        if row.cells:
            empty, last = 0, row.number
            yield row
        elif (empty := empty + 1) > limits.EMPTY_ROWS:
            raise too_many_empty(last)


def too_many_empty(last: int) -> Unreadable:
    if not last:
        message = _("The file begins with more than %d empty rows. Delete them and save again.")
        return Unreadable(message % limits.EMPTY_ROWS)
    told = {"most": limits.EMPTY_ROWS, "row": last}
    message = _("More than %(most)d empty rows follow row %(row)d. Delete them and save again.")
    return Unreadable(message % told)


def place_of(name: str) -> int:
    """The place of the column in the name of a cell, counted from 0: AA1 is in 26."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Unreadable(_("“%s” is no name of a cell. Save the file again.") % name[:20])
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def bounded(length: int, limit: int = limits.CELL) -> int:
    if length > limit:
        raise Unreadable(_("A text has more than %d characters. Shorten it.") % limit)
    return length


def bounded_place(place: int, number: int) -> None:
    """Refuse a cell that is not empty and far to the right."""
    if place >= limits.COLUMNS:
        message = _("There is a cell beyond column %d. Delete the columns without a name.")
        raise Unreadable(message % limits.COLUMNS, number)
