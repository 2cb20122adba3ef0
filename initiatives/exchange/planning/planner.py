"""From a table to a plan, chunk by chunk."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from initiatives.choices import RowAction
from initiatives.exchange.planning.cells import DATA
from initiatives.exchange.planning.chunk import Chunk
from initiatives.exchange.planning.lists import Lists
from initiatives.exchange.planning.row import PlannedRow
from initiatives.exchange.planning.spool import Spool
from initiatives.exchange.reading import Table
from initiatives.models import Initiative
from initiatives.rights import Rights

CHUNK = 500


class Plan:
    """`ignored` are columns that say in words what others say in codes, `unknown` the headers
    that are no column, each with the nearest one that is."""

    def __init__(self, table: Table, spool: Spool) -> None:
        self._spool = spool
        self.format, self.facts = str(table.format), [[str(a), str(b)] for a, b in table.facts]
        self.columns, self.unknown = list(table.columns), dict(table.unknown)
        self.ignored = [name for name in table.columns if name not in DATA]
        self.counts = dict.fromkeys(RowAction.values, 0) | spool.counts()

    def rows(self, *actions: str) -> Iterator[PlannedRow]:
        """The rows in the order of the file; those of `actions`, if any are given."""
        return self._spool.rows(*actions)


def make_plan(
    table: Table, *, rights: Rights, progress: Callable[[int], None] = lambda rows: None
) -> Plan:
    """Look at all rows of `table` for the officer of `rights`. Raises reading.Unreadable.

    `progress` is told how many rows were looked at so far.
    """
    lists, spool, done, rows = Lists(rights), Spool(), 0, iter(table)
    while chunk := list(islice(rows, CHUNK)):
        spool.add(Chunk(chunk, lists).planned())
        done += len(chunk)
        progress(done)
    _settle(spool)
    return Plan(table, spool)


def _settle(spool: Spool) -> None:
    for number, other in spool.twice():
        _fail(
            spool, number, "code", _("Row %d means the same initiative. Leave one of them.") % other
        )
    while orphans := spool.orphans():
        for number, above, maker in orphans:
            _fail(spool, number, "parent", _without_parent(above, maker))
    if spool.has_edges():
        spool.add_edges(_stored_edges())
        for number in spool.circles():
            message = _("An initiative cannot be part of itself, not even through others.")
            _fail(spool, number, "parent", message)


def _without_parent(above: str, maker: int | None) -> str:
    if maker is None:
        told = {"above": above[:60]}
        return _("There is no initiative “%(above)s”, neither stored nor in this file.") % told
    return _("Row %d, which makes the initiative above this one, has errors.") % maker


def _stored_edges() -> Iterator[tuple[str, str]]:
    rows = Initiative.objects.filter(parent__isnull=False)
    return rows.order_by().values_list("code", "parent__code").iterator(chunk_size=2000)


def _fail(spool: Spool, number: int, column: str, message: str) -> None:
    row = spool.row(number)
    row.fail(column, message)
    spool.put(row)
