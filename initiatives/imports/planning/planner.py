"""From a table to a plan, chunk by chunk."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from initiatives.choices import RowAction
from initiatives.exchange.columns import ONLY_TOLD
from initiatives.imports.planning.above import NearestAbove
from initiatives.imports.planning.cells import DATA
from initiatives.imports.planning.chunk import Chunk
from initiatives.imports.planning.doubles import note_doubles
from initiatives.imports.planning.lists import Lists
from initiatives.imports.planning.row import PlannedRow
from initiatives.imports.planning.staging import StagedRows
from initiatives.imports.reading import Row, Table
from initiatives.models import Initiative
from initiatives.rights import Rights
from initiatives.text.plain_text import clean

CHUNK = 500
HEAVIEST = 8_000_000  # characters, as many as one row may have, see `reading.limits`
_IDENTIFIER = 1_000  # what a further identifier counts: each is a parameter of a query
_VALUE = 100  # what a value of a list counts: it may become a row with fields of its own


class Plan:
    """`sample` are words of a file whose encoding was guessed, which a person has to
    confirm before it is applied."""

    def __init__(self, table: Table, staged: StagedRows) -> None:
        self._spool = staged
        self.sample = [clean(word) for word in table.sample]
        self._table = table
        self.format = str(table.format)
        self.columns = list(table.columns)
        self.counts = dict.fromkeys(RowAction.values, 0) | staged.counts()

    def facts(self) -> list[list[str]]:
        """How the file was understood, what of it is not read: in the language of the moment."""
        table = self._table
        facts = [*table.facts(), *_guessed(self.sample), *_not_read(table)]
        # A header may have signs that no database takes, not even to show them.
        return [[str(label), clean(str(value))] for label, value in facts]

    def rows(self, *actions: str) -> Iterator[PlannedRow]:
        """The rows in the order of the file; those of `actions`, if any are given."""
        return self._spool.rows(*actions)


def _guessed(sample: list[str]) -> Iterator[tuple[str, str]]:
    if sample:
        yield _("The encoding was guessed. Some words of the file"), ", ".join(sample)


def _not_read(table: Table) -> Iterator[tuple[str, str]]:
    """Each kind of it by name; `table` was read to its end."""
    of_desk = [name for name in table.columns if name in ONLY_TOLD]
    in_words = [name for name in table.columns if name not in DATA and name not in of_desk]
    unknown = [
        _("%(name)s (perhaps %(near)s)") % {"name": name, "near": near} if near else name
        for name, near in table.unknown.items()
    ]
    others = [f"{name} ({number})" for name, number in table.ignored.most_common()]
    hidden = [str(one) if one == last else f"{one}–{last}" for one, last in table.hidden_rows]
    for label, names in (
        (_("Unknown columns"), unknown),
        (_("Words for people, not read"), in_words),
        (_("Kept by the desk and not taken over; change it at the record"), of_desk),
        (_("Not taken over (how often)"), others),
        (_("Hidden rows, read as well"), hidden),
    ):
        if names:
            yield label, ", ".join(names)


def make_plan(
    table: Table, *, rights: Rights, progress: Callable[[int], None] = lambda rows: None
) -> Plan:
    """Look at all rows of `table` for the officer of `rights`. Raises reading.Unreadable.

    `progress` is told how many rows were looked at so far.
    """
    lists, staged, done, rows = Lists(rights), StagedRows(), 0, iter(table)
    while chunk := _next(rows):
        staged.add(Chunk(chunk, lists).planned())
        done += len(chunk)
        progress(done)
    _settle(staged, lists)
    return Plan(table, staged)


def _next(rows: Iterator[Row]) -> list[Row]:
    """Some rows that can be held, and asked about, together, whatever stands in them."""
    chunk: list[Row] = []
    weight = 0
    for row in islice(rows, CHUNK):
        chunk.append(row)
        weight += _weight(row)
        if weight > HEAVIEST:
            break
    return chunk


def _weight(row: Row) -> int:
    """All that is held of a row, not its cells alone: an activity says much that has no column."""
    texts = [*row.cells.values(), *row.notes, *map(str, row.makes), *map(str, row.parts.values())]
    values = sum(text.count("|") for text in row.cells.values())
    identifiers = row.cells.get("external_ids", "").count("|")
    return sum(map(len, texts)) + _VALUE * values + _IDENTIFIER * identifiers


def _settle(staged: StagedRows, lists: Lists) -> None:
    for number, other in staged.twice():
        _fail(
            staged,
            number,
            "code",
            _("Row %d means the same initiative. Leave one of them.") % other,
        )
    note_doubles(staged, lists.rights)
    near = NearestAbove(staged, lists.rights)
    for number, above, maker in staged.orphans():
        _without_parent(staged, number, near.told(number, above, maker))
    if staged.has_edges():
        staged.add_edges(_stored_edges())
        for number in staged.circles():
            message = _("An initiative cannot be part of itself, not even through others.")
            _fail(staged, number, "parent", message)


def _without_parent(staged: StagedRows, number: int, message: str) -> None:
    row = staged.row(number)
    if row.elsewhere:
        row.leave_parent(message)
    else:
        row.fail("parent", message)
    staged.put(row)


def _stored_edges() -> Iterator[tuple[str, str]]:
    rows = Initiative.objects.filter(parent__isnull=False)
    return rows.order_by().values_list("code", "parent__code").iterator(chunk_size=2000)


def _fail(staged: StagedRows, number: int, column: str, message: str) -> None:
    row = staged.row(number)
    row.fail(column, message)
    staged.put(row)
