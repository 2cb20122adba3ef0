"""Promised dates that moved, with the rows that tell of them: for the page and the table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from initiatives.as_of import as_published
from initiatives.choices import Direction
from initiatives.editions.index.slips import SlipKey
from initiatives.partial_dates import PartialDate

if TYPE_CHECKING:
    from initiatives.models import DateRevision, Initiative, Milestone

_TOGETHER = 200  # records in memory at once


@dataclass(frozen=True, kw_only=True)
class SlippedDate:
    """The planned end of an initiative, or the planned date of its `milestone`, that moved.

    `moves` are the moves of the period, the oldest first, `before` is what stood before them, and
    `now` what stands after them, or was named since where the date was taken back; None if none
    was.
    """

    initiative: "Initiative"
    milestone: "Milestone | None"
    moves: "list[DateRevision]"
    before: PartialDate
    now: PartialDate | None
    months: int

    @property
    def direction(self) -> Direction:
        if self.now is None:
            return Direction.TAKEN_BACK
        return Direction.LATER if self.now.last >= self.before.last else Direction.EARLIER

    @property
    def path(self) -> list[PartialDate | None]:
        """All dates that it had, the first one before it moved; None where it had none."""
        path: list[PartialDate | None] = [self.before, *(move.new for move in self.moves)]
        return path if path[-1] == self.now else [*path, self.now]

    @property
    def last_move(self) -> "DateRevision":
        return self.moves[-1]


def dates_of(keys: Iterable[SlipKey]) -> Iterator[SlippedDate]:
    """The dates of these keys; eight queries for each two hundred."""
    left = iter(keys)
    while some := list(islice(left, _TOGETHER)):
        rows = {row.code: row for row in as_published(dict.fromkeys(key.code for key in some))}
        yield from dates_among(rows, some)


def dates_among(rows: Mapping[str, "Initiative"], keys: Iterable[SlipKey]) -> list[SlippedDate]:
    """The same of `rows` by code, which were fetched before. What went meanwhile is left out."""
    dates = (_date(rows[key.code], key) for key in keys if key.code in rows)
    return [date for date in dates if date is not None]


def _date(initiative: "Initiative", key: SlipKey) -> SlippedDate | None:
    of_thing = [
        move
        for move in initiative.date_revisions.all()
        if move.field != "planned_start" and move.milestone_id == key.milestone
    ]
    of_thing.sort(key=lambda move: (move.recorded_at, move.number))
    moves = [move for move in of_thing if move.number in key.moves]
    before = moves[0].old if moves else None
    if before is None:  # named for the first time, which is no move
        return None
    milestone = moves[0].milestone
    stands = milestone.planned if milestone else initiative.planned_end
    since = of_thing[of_thing.index(moves[-1]) :]
    named = [since[0].new, *(date for move in since[1:] for date in (move.old, move.new)), stands]
    return SlippedDate(
        initiative=initiative,
        milestone=milestone,
        moves=moves,
        before=before,
        now=next((date for date in named if date is not None), None),
        months=key.months,
    )
