"""The flags on any day.

Those that depend on the day turn on days that the record and its last check fix, so that a flag on
a day is a comparison of numbers. Days are their ordinals.
"""

from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap

from initiatives import rules
from initiatives.editions.facts import latest_movement, local_day
from initiatives.editions.index.columns import Column, rows_at
from initiatives.editions.index.promised import NEVER, Promised
from initiatives.editions.record import InitiativeRecord
from initiatives.lifecycle import OPEN
from initiatives.rules import Flag

UNCHECKED = -1
BY_DAY = (Flag.OVERDUE, Flag.DUE_SOON, Flag.STALE, Flag.STALLED)


class FlagDays:
    """The last days on which each record has not turned yet."""

    def __init__(self, promised: Promised) -> None:
        self._promised, self._moving = promised, Column(np.int32, NEVER)
        self._open, self._unchecked = Column(np.bool_, False), Column(np.int32)

    def add(self, place: int, record: InitiativeRecord) -> None:
        unchecked = local_day(record.created_at).toordinal() + rules.Facts.review_every_days
        self._unchecked[place] = unchecked
        self._open[place] = is_open = record.status in OPEN
        self._moving[place] = NEVER
        if is_open:
            moved = local_day(latest_movement(record))
            self._moving[place] = moved.toordinal() + rules.STALLED_DAYS

    def flagged(self, places: np.ndarray, day: int, due: np.ndarray) -> dict[Flag, BitMap]:
        """Those of `places` that have each of the flags `BY_DAY` on the day.

        `due` are the days by which each of the places is to be checked, `UNCHECKED` for those of
        which no check was recorded: for these the interval of every record begins when it was
        entered.
        """
        due = np.where(due == UNCHECKED, self._unchecked[places], due)
        end = self._promised.end[places].astype(np.int64)
        soon = (end >= day) & (end <= day + rules.DUE_SOON_DAYS)
        has = {
            Flag.OVERDUE: end < day,
            Flag.DUE_SOON: soon,
            Flag.STALE: self._open[places] & (due < day),
            Flag.STALLED: self._moving[places] < day,
        }
        return {flag: rows_at(places[mask]) for flag, mask in has.items()}


class Checks:
    """The day by which each key is to be checked, as it was known at any instant."""

    def __init__(self) -> None:
        self._recorded, self._key = Column(np.int64), Column(np.int32)
        self._due, self.size = Column(np.int32), 0
        self._latest, self._latest_at = Column(np.int32, UNCHECKED), Column(np.int64)
        self.newest = 0

    def add(self, key: int, recorded: int, due_on: int) -> None:
        line, self.size = self.size, self.size + 1
        self._recorded[line], self._key[line], self._due[line] = recorded, key, due_on
        self.newest = max(self.newest, recorded)
        if recorded >= self._latest_at.upto(key + 1)[key]:
            self._latest[key], self._latest_at[key] = due_on, recorded

    def due(self, at: int, keys: int) -> np.ndarray:
        """By key the day that the latest check says that was recorded by the instant `at`."""
        if at >= self.newest:
            return self._latest.upto(keys)
        recorded = self._recorded.upto(self.size)
        lines = np.flatnonzero(recorded <= at)
        lines = lines[np.argsort(recorded[lines], kind="stable")]
        found = np.full(keys, UNCHECKED, np.int32)
        found[self._key[lines]] = self._due[lines]  # of several of a key the last one stays
        return found


class FlaggedToday:
    """The flagged among the current rows on one day, kept while rows come."""

    def __init__(self, day: int) -> None:
        self.day = day
        self.rows = {flag: BitMap() for flag in BY_DAY}

    def replace(self, places: Iterable[int], flagged: dict[Flag, BitMap]) -> None:
        """What is known of `places`, from now on."""
        anew = BitMap(places)
        for flag, rows in flagged.items():
            self.rows[flag] -= anew
            self.rows[flag] |= rows
