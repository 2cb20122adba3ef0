"""What became known of each record, and when: one line for each entry of a feed.

A line is known since it was recorded, but not before the record was public. What a record holds
when it becomes public again after a withdrawal is known since then, unless it was told before. A
milestone was reached when an edition first says on which date, at the instant that its row tells.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from initiatives.editions.index.columns import Column, Lines
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.sequence import Sequence
from initiatives.editions.index.validity import NOBODY, Validity
from initiatives.editions.record import InitiativeRecord

_NEVER = np.iinfo(np.int64).min
_AT_FIRST = _NEVER + 1
NOTHING = -1


class EntryKind(IntEnum):
    """What a line tells of; the number is the rank of lines of one instant."""

    NEW = 0
    STATUS = 1
    DATE_MOVED = 2
    MONEY = 3
    MILESTONE = 4


class _Told(NamedTuple):
    """`detail` is what makes it another line: the date of a milestone, the number of money."""

    kind: EntryKind
    number: int
    recorded: int
    detail: int = NOTHING


class Entries:
    """By line since when it is `known` and when it was `recorded`, its `kind` and `number`, and the
    `place` of the edition.

    `is_held` is true of what the record held already when it first became public; `detail` of a
    line of money is its number among those of the index.
    """

    def __init__(self, validity: Validity) -> None:
        self.lines = Lines()
        self.known, self.place = Column(np.int64), Column(np.uint32)
        self.recorded = Column(np.int64)
        self.kind, self.number = Column(np.int8), Column(np.int32)
        self.is_held, self.detail = Column(np.bool_), Column(np.int32, NOTHING)
        self.in_time = Sequence(self.known)
        self._validity, self._dates = validity, dict[str | None, int]()
        # By place. Of the first time in public the record itself may say when it began.
        self._was_public = Column(np.bool_)
        self._public_since, self._begun = Column(np.int64, _NEVER), Column(np.int64, _NEVER)

    def begin(self, place: int, since: int, issued: int, *, is_public: bool) -> None:
        """The edition at `place`, written at the instant `issued`, begins at `since`."""
        before = self._validity.before(place)
        was_public = before != NOBODY and bool(self._was_public[before])
        self._was_public[place] = was_public or is_public
        # The first edition of all may have been written long after the record became public.
        is_exact = since > issued or self._validity.has_earlier(place)
        first, begun = (since if is_exact else _AT_FIRST), _AT_FIRST
        if was_public:
            first, begun = self._public_since[before], self._begun[before]
            begun = since if begun == _NEVER else begun
        self._public_since[place] = first
        self._begun[place] = begun if is_public else _NEVER

    def add(self, place: int, record: InitiativeRecord, money: int) -> None:
        """What `record` tells, of which `money` is the number of the first line of money."""
        first, begun = int(self._public_since[place]), int(self._begun[place])
        first = _first_shown(record) if first == _AT_FIRST else first
        told = [*self._recorded(record), *_money(record, money)]
        reached = list(self._reached(record))
        is_again = begun != _AT_FIRST
        earlier = self._earlier(place) if reached or is_again else {}
        begun = begun if is_again else first
        known, lines = [first], [_Told(EntryKind.NEW, 0, first), *told, *reached]
        for line in lines[1:]:
            before = earlier.get(_name(line)) if is_again or line in reached else None
            known.append(max(line.recorded, begun) if before is None else before)
        self._put(place, lines, known, first)

    def first_move(self, place: int, record: InitiativeRecord) -> int:
        """The number of the first line about a moved date of `record`, which follow each other in
        its order; it was added before."""
        return self.lines.first(place) + 1 + len(record.history)

    def _put(self, place: int, lines: list[_Told], known: list[int], first: int) -> None:
        numbers = self.lines.append(place, len(lines))
        kinds, names, recorded, details = zip(*lines, strict=True)
        self.known.put(numbers, known)
        self.recorded.put(numbers, recorded)
        self.place.put(numbers, place)
        self.kind.put(numbers, kinds)
        self.number.put(numbers, names)
        self.detail.put(numbers, details)
        self.is_held.put(numbers, [False, *(instant <= first for instant in known[1:])])

    def _recorded(self, record: InitiativeRecord) -> Iterator[_Told]:
        for change in record.history:
            yield _Told(EntryKind.STATUS, change.number, _read(change.recorded_at))
        for move in record.moved_dates:
            yield _Told(EntryKind.DATE_MOVED, move.number, _read(move.recorded_at))

    def _reached(self, record: InitiativeRecord) -> Iterator[_Told]:
        for step in record.milestones:
            if step.actual is not None:
                date = self._dates.setdefault(step.actual, len(self._dates))
                yield _Told(EntryKind.MILESTONE, step.number, _read(step.updated_at), date)

    def _earlier(self, place: int) -> dict[tuple[int, int, int], int]:
        """Since when each line was known of the last edition before this one that shows any."""
        before = self._validity.before(place)
        while before != NOBODY and not self._validity.is_shown(before):
            before = self._validity.before(before)
        if before == NOBODY:
            return {}
        lines = self.lines.of(np.array([before]))
        columns = (self.kind, self.number, self.known, self.detail)
        rows = zip(*(column[lines].tolist() for column in columns), strict=True)
        return {_name(_Told(*row)): row[2] for row in rows}


def _money(record: InitiativeRecord, first: int) -> Iterator[_Told]:
    for place, line in enumerate(record.funding, first):
        yield _Told(EntryKind.MONEY, line.number, _read(line.recorded_at), place)


def _name(line: _Told) -> tuple[int, int, int]:
    """What two editions call the same."""
    detail = line.detail if line.kind == EntryKind.MILESTONE else NOTHING
    return line.kind, line.number, detail


def _first_shown(record: InitiativeRecord) -> int:
    return _read(record.published_at or record.created_at)


def _read(text: str) -> int:
    return microseconds(datetime.fromisoformat(text))
