"""What every reader gives: a table of rows, with what is wrong in each."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from initiatives.imports.reading.suspicion import make_visible, suspicious
from initiatives.models.changes import Edit
from initiatives.text.plain_text import clean

Facts = list[tuple[str, str]]  # what is told, under a name
_RANGES = 100  # of hidden rows that are named


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row, with the cure; `column` is empty if it is the row as a whole."""

    column: str
    message: str


@dataclass(slots=True)
class Row:
    """One initiative of a file. `number` is the place where a person finds it: the line of a CSV
    on which it begins, the row of a spreadsheet, or which object of a JSON it is.

    A column that the file does not have is not in `cells`; an empty cell is there and empty. A
    sign that no text may hold is a problem, and is not in `cells` any more.
    `makes` are edits, in the words of `Change`, that bring rows to which the cells point and which
    may not be stored yet. `notes` say what of the row was not taken, and `findings`, by column,
    how a cell was understood. `elsewhere` says that another publisher tells the status, who does
    not know what ours need.
    """

    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    makes: list[Edit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: dict[str, list[str]] = field(default_factory=dict)
    elsewhere: bool = False
    parts: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def note(self, column: str, message: str) -> None:
        """Say of the cell of `column` how it was understood, which is no error."""
        self.findings.setdefault(column, []).append(message)


class Unreadable(ValueError):
    """A file of which nothing may be taken; the message names the cure."""

    def __init__(self, message: str, row: int | None = None, column: str | None = None) -> None:
        super().__init__(message, row, column)
        self.message, self.row, self.column = message, row, column

    def __str__(self) -> str:
        places = [_("row %d") % self.row] if self.row else []
        places += [_("column %s") % self.column] if self.column else []
        place = ", ".join(places)
        return f"{place[:1].upper()}{place[1:]}: {self.message}" if place else self.message


@dataclass
class Table:
    """The rows of a file, which is read again from its start for each iteration.

    `facts` says how the file was understood, in the language of who asks. `columns` are in the
    order of the file; of a JSON they are those of its first object. `unknown` has the headers
    that are no column, each with the nearest one that is, or nothing. `ignored` counts what a
    JSON says that has no column, and `hidden_rows` has the first and last row of each hidden
    range that was read all the same; both are complete after an iteration. `sample` are words of
    a file whose encoding had to be guessed. Unreadable may be raised by any row.
    """

    format: str
    facts: Callable[[], Facts]
    columns: list[str]
    unknown: dict[str, str]
    rows: Callable[[], Iterator[Row]]
    ignored: Counter[str] = field(default_factory=Counter)
    sample: tuple[str, ...] = ()
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)

    def hide(self, number: int) -> None:
        """Count row `number` among the hidden ones; they come in their order."""
        if self.hidden_rows and self.hidden_rows[-1][1] == number - 1:
            self.hidden_rows[-1] = self.hidden_rows[-1][0], number
        elif len(self.hidden_rows) < _RANGES:
            self.hidden_rows.append((number, number))

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows():
            found = [Problem(*one) for one in suspicious(row.cells)]
            row.problems += found
            for one in found:  # no database takes some of these signs, not even to show them
                row.cells[one.column] = clean(row.cells[one.column])
            for column, message in make_visible(row.cells):
                row.note(column, message)
            yield row
