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
    """`facts` say how the file was understood, and what of it is not read."""

    def __init__(self, table: Table, spool: Spool) -> None:
        self._spool = spool
        facts = [*table.facts, *_not_read(table)]
        self.format, self.facts = str(table.format), [[str(a), str(b)] for a, b in facts]
        self.columns = list(table.columns)
        self.counts = dict.fromkeys(RowAction.values, 0) | spool.counts()

    def rows(self, *actions: str) -> Iterator[PlannedRow]:
        """The rows in the order of the file; those of `actions`, if any are given."""
        return self._spool.rows(*actions)


def _not_read(table: Table) -> Iterator[tuple[str, str]]:
    """Each kind of it by name; `table` was read to its end."""
    in_words = [name for name in table.columns if name not in DATA]
    unknown = [
        f"{name} ({_('perhaps')} {near})" if near else name for name, near in table.unknown.items()
    ]
    others = [f"{name} ({number})" for name, number in table.ignored.most_common()]
    for label, names in (
        (_("Unknown columns"), unknown),
        (_("Words for people, not read"), in_words),
        (_("Not taken over (how often)"), others),
    ):
        if names:
            yield label, ", ".join(names)


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
            _without_parent(spool, number, above, maker)
    if spool.has_edges():
        spool.add_edges(_stored_edges())
        for number in spool.circles():
            message = _("An initiative cannot be part of itself, not even through others.")
            _fail(spool, number, "parent", message)


def _without_parent(spool: Spool, number: int, above: str, maker: int | None) -> None:
    row, message = spool.row(number), _no_parent(above, maker)
    if row.elsewhere:
        row.leave_parent(message)
    else:
        row.fail("parent", message)
    spool.put(row)


def _no_parent(above: str, maker: int | None) -> str:
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
