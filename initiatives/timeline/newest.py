"""What became known lately, across many initiatives, the newest first."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.utils import timezone

from initiatives.editions.events import changed_last
from initiatives.editions.index import EntryKey, EntryKind, Found
from initiatives.editions.index.latest import LatestChange
from initiatives.models import Initiative
from initiatives.timeline.entry import Entry
from initiatives.timeline.extracts import extracts
from initiatives.timeline.telling import (
    tell_event,
    tell_milestone,
    tell_money,
    tell_moved_date,
    tell_new,
    tell_status,
)

BATCH = 500
# What the index finds, to be asked anew each time: inside nobody else in this process reads it.
Find = Callable[[], AbstractContextManager[Found]]

_TELL: dict[int, tuple[Callable[..., Entry], Callable[[Initiative], Iterable[Any]]]] = {
    EntryKind.NEW: (tell_new, lambda row: [row]),
    EntryKind.STATUS: (tell_status, lambda row: row.status_changes.all()),
    EntryKind.DATE_MOVED: (tell_moved_date, lambda row: row.date_revisions.all()),
    EntryKind.MONEY: (tell_money, lambda row: row.money),
    EntryKind.MILESTONE: (tell_milestone, lambda row: row.milestones.all()),
}


class _Within(TypedDict, total=False):
    since: datetime | None
    until: datetime | None
    history: bool
    organisation: str


class _Asked(_Within, total=False):
    at: datetime | None


class Recent:
    """Entries about the initiatives that `find` gives, newest first, told as they are sliced.

    They tell what is known now, or was at the instant `at`. They became known from `since` on and
    before `until`. What a record held already when it became public is known since that moment;
    without `history` it is left out, and the entry about the new record stands for it. Of the lines
    of money only those are told that the organisation with this slug pays or receives, if one is
    given. A slice costs a fixed number of queries, however many entries it has.
    """

    def __init__(
        self,
        find: Find,
        *,
        at: datetime | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        history: bool = True,
        organisation: str = "",
    ) -> None:
        self._find, self._at = find, at
        self._within = _Within(since=since, until=until, history=history, organisation=organisation)

    def count(self) -> int:
        with self._find() as found:
            return found.entries(**self._within).total

    __len__ = count

    def __getitem__(self, part: slice) -> list[Entry]:
        return self.told(self._keys(part.start or 0, part.stop))

    def keys_beyond(
        self, key: EntryKey | None, number: int, *, later: bool = False
    ) -> list[EntryKey]:
        """At most `number` keys of entries before that of `key`, or after it, the newest first.

        With `told` a page is found by its last entry, whatever became known meanwhile.
        """
        if key is None:
            return self._keys(0, number)
        with self._find() as found:
            return found.entries(**self._within).beyond(key, number, later=later)

    def told(self, keys: list[EntryKey]) -> list[Entry]:
        return entries_of(keys, at=self._at)

    def __iter__(self) -> Iterator[Entry]:
        """All entries, in batches, so that memory does not grow with their number."""
        keys = self.keys_beyond(None, BATCH)
        while keys:
            yield from self.told(keys)
            keys = self.keys_beyond(keys[-1], BATCH)

    def _keys(self, start: int, stop: int) -> list[EntryKey]:
        with self._find() as found:
            return found.entries(**self._within).keys(start, stop)


def entries_of(keys: list[EntryKey], *, at: datetime | None = None) -> list[Entry]:
    """The entries of these keys, as they are known now or were at the instant `at`; one whose row
    went meanwhile is left out."""
    initiatives = extracts(keys, at or timezone.now())
    told = (_told(key, initiatives.get(key.code)) for key in keys)
    return [entry for entry in told if entry is not None]


@dataclass(frozen=True, kw_only=True)
class ChangeInWords:
    """A change that became known, or one of many of its day: `numbers` says how many of each kind
    there are, and is empty for one alone."""

    entry: Entry
    numbers: dict[EntryKind, int]


def changes_of(latest: list[LatestChange], *, at: datetime | None = None) -> list[ChangeInWords]:
    """The changes that the index found, in words; see `entries_of`."""
    initiatives = extracts([change.key for change in latest], at or timezone.now())
    told = ((_told(one.key, initiatives.get(one.key.code)), one.numbers) for one in latest)
    return [
        ChangeInWords(entry=entry, numbers=numbers) for entry, numbers in told if entry is not None
    ]


def recent(find: Find, *, limit: int = 50, **within: Unpack[_Asked]) -> list[Entry]:
    """The newest entries of what `find` gives; `within` are the other arguments of `Recent`."""
    return Recent(find, **within)[:limit]


def recent_events(*, limit: int = 50) -> list[Entry]:
    """Events as they stand, the last changed first; one query."""
    entries = map(tell_event, changed_last(limit))
    return sorted(entries, key=lambda entry: (entry.at, entry.uid), reverse=True)


def _told(key: EntryKey, initiative: Initiative | None) -> Entry | None:
    if initiative is None:
        return None
    tell, rows_of = _TELL[key.rank]
    rows = rows_of(initiative)
    row = next((row for row in rows if getattr(row, "number", 0) == key.number), None)
    return row and tell(row, at=key.at)
