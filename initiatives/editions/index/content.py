"""All that the index holds of the editions up to a position."""

import logging
from collections.abc import Hashable
from datetime import date, datetime

import msgspec
import numpy as np
from pyroaring import BitMap

from initiatives.choices import EditionKind, EditionState
from initiatives.editions.chain import sha256
from initiatives.editions.facts import lasting_flags
from initiatives.editions.index.columns import Column, places_of, rows_at
from initiatives.editions.index.entries import Entries
from initiatives.editions.index.events import Events
from initiatives.editions.index.flags import Checks, FlagDays, FlaggedToday
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.memo import Memo
from initiatives.editions.index.milestones import Milestones
from initiatives.editions.index.money import MoneyLines, Wholes
from initiatives.editions.index.moves import Moves
from initiatives.editions.index.options import Options
from initiatives.editions.index.orders import Orders
from initiatives.editions.index.promised import Promised
from initiatives.editions.index.validity import NOBODY, Validity
from initiatives.editions.index.years import Years
from initiatives.editions.record import AnyPart, EventRecord, InitiativeRecord, decoded
from initiatives.rules import Flag

_log = logging.getLogger(__name__)
_NO_PARENT = -1
_DAYS_KEPT = 8  # of the past


class Content:
    """The rows are positions in the register of editions of initiatives, current and past.

    `position` is how far it has been read, `damaged` says by position what is wrong with a body.
    """

    def __init__(self) -> None:
        self.position, self.damaged = 0, dict[int, str]()
        self.validity = Validity()
        self.options, self.years, self.money = Options(), Years(), MoneyLines()
        self.promised = Promised()
        self.orders = Orders(self.validity.names, self.promised)
        self.entries, self.moves = Entries(self.validity), Moves()
        self.flag_days, self.checks = FlagDays(self.promised), Checks()
        self.milestones, self.events = Milestones(), Events()
        self._parent = Column(np.int32, _NO_PARENT)
        self._today: FlaggedToday | None = None
        self._touched: set[int] = set()
        self._past: dict[tuple[int, ...], BitMap] = {}
        self._memo, self._drops = Memo(), 0

    def add(
        self,
        position: int,
        key: str,
        since: datetime,
        issued_at: datetime,
        state: str,
        body: str | bytes,
        digest: str = "",
    ) -> None:
        """The next edition of an initiative. A body that was emptied shows nothing.

        One that cannot be read shows nothing either, and is told in the log; so is one that does
        not have the `digest` that stands in the chain, where that is given.
        """
        record = self._read(position, state, body, digest, InitiativeRecord)
        begins, is_public = microseconds(since), state == EditionState.PUBLISHED
        self.validity.add(position, key, begins, shown=record is not None)
        self.entries.begin(position, begins, microseconds(issued_at), is_public=is_public)
        if record is not None:
            self._index(position, record)

    def add_event(
        self,
        position: int,
        slug: str,
        since: datetime,
        _issued_at: datetime,
        state: str,
        body: str | bytes,
        digest: str = "",
    ) -> None:
        """The next edition of an event."""
        record = self._read(position, state, body, digest, EventRecord)
        self.events.add(position, slug, since, record)

    def _read(
        self, position: int, state: str, body: str | bytes, digest: str, record_type: type[AnyPart]
    ) -> AnyPart | None:
        if digest and body and sha256(body) != digest:
            self.damaged[position] = "does not verify"
            _log.error("The body at position %s does not verify", position)
        if state != EditionState.PUBLISHED or not body:
            return None
        try:
            return decoded(body, record_type)
        except msgspec.MsgspecError:
            _log.exception("The body at position %s cannot be read", position)
            self.damaged[position] = "cannot be read"
            return None

    def _index(self, position: int, record: InitiativeRecord) -> None:
        parent = record.parent
        self._parent[position] = self.validity.number_of(parent) if parent else _NO_PARENT
        for part in (
            self.options,
            self.years,
            self.money,
            self.orders,
            self.promised,
            self.flag_days,
            self.milestones,
        ):
            part.add(position, record)
        self.entries.add(position, record, self.money.first(position))
        self.moves.add(position, record, self.entries.first_move(position, record))
        for flag in lasting_flags(record):
            self.options.put(position, "flag", flag)

    def check(self, key: str, recorded_at: datetime, due_on: date) -> None:
        number = self.validity.number_of(key)
        self.checks.add(number, microseconds(recorded_at), due_on.toordinal())
        self._touched.add(int(self.validity.holder[number]))

    def drop(self, kind: str, position: int) -> None:
        """What stood there is shown no more, on no day."""
        validity = self.events.validity if kind == EditionKind.EVENT else self.validity
        validity.drop(position)
        self.damaged.pop(position, None)
        self._past.clear()
        self._drops += 1

    def memo_at(self, now: int) -> dict[Hashable, object]:
        """The answers that are known of what is public at `now`; none where something that is
        known begins after that."""
        known = (self.validity, self.events.validity)
        if now < max(self.checks.newest, *(one.turned for one in known)):
            return {}
        sizes = (one.size for one in known)
        turned = (one.turned for one in known)
        return self._memo.of((*sizes, *turned, self.checks.size, self._drops))

    def forget_answers(self) -> None:
        """Find anew what was answered before."""
        self._memo.forget()

    def move(self, now: int) -> None:
        """Let begin what begins by time alone."""
        self._touched |= set(self.validity.move(now))
        self.events.validity.move(now)

    def flagged_today(self, day: int, now: int) -> dict[Flag, BitMap]:
        """By flag the current rows that have it on `day`; only what is new is looked at.

        Rows that hold no more may be among them.
        """
        if self._today is None or self._today.day != day:
            self._today, self._touched = FlaggedToday(day), set(self.validity.current)
        places = np.array(sorted(self._touched - {NOBODY}), np.uint32)
        self._today.replace(places.tolist(), self.flagged(places, day, now))
        self._touched = set()
        return self._today.rows

    def flagged(self, places: np.ndarray, day: int, at: int) -> dict[Flag, BitMap]:
        due = self.checks.due(at, len(self.validity.names))
        return self.flag_days.flagged(places, day, due[self.validity.key[places]])

    def rank_of(self, code: str) -> float:
        """The place of a code in the order of codes, of one that is not known between two."""
        validity = self.validity
        if validity.has(code):
            return float(self.orders.code_ranks()[validity.number_of(code)])
        return sum(name < code for name in validity.names) - 0.5

    def wholes(self, rows: BitMap) -> Wholes:
        """What gives the place of the whole of each place, as `MoneyLines.totals` takes it."""
        holders = self.validity.holders(rows)

        def whole_of(places: np.ndarray) -> np.ndarray:
            parents = self._parent[places]
            return np.where(parents == _NO_PARENT, NOBODY, holders[parents])

        return whole_of

    def rows(self, at: int | None, now: int) -> BitMap:
        """What is public at `now`, as it was at the instant `at`."""
        current = self.validity.rows(now)
        if at is None or at >= now:
            return current
        instant = (
            at,
            self.position,
            self.validity.turned if current is self.validity.current else now,
        )
        if instant not in self._past:
            if len(self._past) >= _DAYS_KEPT:
                self._past.clear()
            self._past[instant] = _as_it_was(self.validity, at, current)
        return self._past[instant]

    def event_rows(self, at: int, now: int) -> BitMap:
        """The same of events."""
        current = self.events.validity.rows(now)
        return current if at >= now else _as_it_was(self.events.validity, at, current)


def _as_it_was(validity: Validity, at: int, current: BitMap) -> BitMap:
    """What is withdrawn by now is gone from its past as well."""
    places, keys = places_of(validity.rows(at)), validity.key
    is_public = np.zeros(len(validity.names), np.bool_)
    is_public[keys[places_of(current)]] = True
    return rows_at(places[is_public[keys[places]]])
