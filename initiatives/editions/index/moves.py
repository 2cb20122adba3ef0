"""Promised dates that moved, a line for each move: from which last possible day to which.

A promised date is the planned end of a record or the planned date of one of its milestones.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from initiatives.choices import Language
from initiatives.editions.facts import local_day, span
from initiatives.editions.index.columns import Column, Lines
from initiatives.editions.index.instants import microseconds
from initiatives.editions.record import NO_TEXT, DateRevision, InitiativeRecord

NO_DAY = -1
END = 0  # the thing that is promised where it is no milestone, whose numbers begin at one
_LANGUAGES = tuple(Language.values)


class _Move(NamedTuple):
    """`entry` is its place among the moved dates of the record."""

    thing: int
    number: int
    entry: int
    recorded: int
    year: int
    old: int
    new: int
    is_explained: bool


class Moves:
    """The lines of a place stand by the `thing` that was promised, and then in time.

    `old` and `new` are last possible days. `new` is what stood after the move; where the date was
    taken back, it is the one that was named after that, `NO_DAY` if none was. `year` is that of the
    site in which the move was recorded, `entry` its line among the entries. A line in which a date
    was named for the first time is no move. `dated` are the places where any date is promised.
    """

    def __init__(self) -> None:
        self._lines = Lines()
        self.place, self.thing = Column(np.uint32), Column(np.int32)
        self.number, self.entry = Column(np.int32), Column(np.int64)
        self.recorded, self.year = Column(np.int64), Column(np.int16)
        self.old, self.new = Column(np.int32), Column(np.int32, NO_DAY)
        self.is_explained = Column(np.bool_)
        self.dated, self._moved = BitMap(), BitMap()

    def add(self, place: int, record: InitiativeRecord, first_entry: int) -> None:
        """`first_entry` is the line of the first moved date of `record` among the entries."""
        moves = list(_moves(record))
        if moves or record.planned_end or any(step.planned for step in record.milestones):
            self.dated.add(place)
        if not moves:
            return
        self._moved.add(place)
        lines = self._lines.append(place, len(moves))
        columns = (
            *(self.thing, self.number, self.entry, self.recorded, self.year),
            *(self.old, self.new, self.is_explained),
        )
        self.place.put(lines, place)
        for column, values in zip(columns, zip(*moves, strict=True), strict=True):
            column.put(lines, values)
        self.entry.put(lines, [first_entry + move.entry for move in moves])

    def of(self, rows: BitMap) -> np.ndarray:
        """The lines of these rows."""
        return self._lines.of(np.asarray((rows & self._moved).to_array(), np.uint32))


def end_moved(record: InitiativeRecord) -> tuple[int, int] | None:
    """From which last possible day to which the planned end moved in all; None if it never did.

    The second is `NO_DAY` where the date was taken back.
    """
    return moved_in_all(record).get(END)


def moved_in_all(record: InitiativeRecord) -> dict[int, tuple[int, int]]:
    """The same by thing that moved: `END`, or the number of a milestone."""
    found: dict[int, tuple[int, int]] = {}
    for move in _moves(record):
        found[move.thing] = (found.get(move.thing, (move.old, 0))[0], move.new)
    return found


def _moves(record: InitiativeRecord) -> Iterator[_Move]:
    """By thing, and of each in the order in which they were recorded."""
    if not record.moved_dates:
        return
    by_thing: dict[int, list[tuple[int, DateRevision]]] = defaultdict(list)
    for place, move in enumerate(record.moved_dates):
        if move.field != "planned_start":
            by_thing[move.milestone or END].append((place, move))
    stands = {END: record.planned_end} | {step.number: step.planned for step in record.milestones}
    for thing, moves in sorted(by_thing.items()):
        moves.sort(key=lambda one: (one[1].recorded_at, one[1].number))
        after = _last_day(stands.get(thing))
        told = []
        for place, move in reversed(moves):
            if move.new:
                after = _last_day(move.new)
            if move.old:
                told.append(_move(thing, place, move, after))
                after = _last_day(move.old)
        yield from reversed(told)


def _move(thing: int, place: int, move: DateRevision, after: int) -> _Move:
    return _Move(
        thing=thing,
        number=move.number,
        entry=place,
        recorded=microseconds(datetime.fromisoformat(move.recorded_at)),
        year=local_day(move.recorded_at).year,
        old=_last_day(move.old),
        new=after,
        is_explained=move.reason is not NO_TEXT
        and any(getattr(move.reason, code) for code in _LANGUAGES),
    )


def _last_day(text: str | None) -> int:
    date = span(text)
    return NO_DAY if date is None else date.last.toordinal()
