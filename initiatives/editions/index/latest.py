"""What became known last, day by day: of a day with many changes, as after an import, their number
is told and not each of them."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from initiatives.editions.index.entries import EntryKind
from initiatives.editions.index.found import Found
from initiatives.editions.index.found_entries import EntryKey, FoundEntries
from initiatives.editions.index.memo import memoised

MANY = 3  # changes of a kind in a day; of more the number is told


@dataclass(frozen=True, kw_only=True)
class LatestChange:
    """The change at `key`; or of the day of `key`, which is the newest of them, how many changes of
    each kind there are in `numbers`."""

    key: EntryKey
    numbers: dict[EntryKind, int] = field(default_factory=dict)


class Latest:
    """Of the rows that `found` has what became known before `until`; what a record held already
    when it became public is no change. Of money only that of `organisation`, if one is given."""

    def __init__(
        self, found: Found, *, until: datetime | None = None, organisation: str = ""
    ) -> None:
        self._found, self._until, self._organisation = found, until, organisation
        self.memo = found.memo
        self.memo_key: Hashable | None = found.memo_key and (found.memo_key, until, organisation)

    @memoised
    def changes(self, limit: int) -> list[LatestChange]:
        """The newest first; many of one day stand where the newest of them does."""
        found: list[LatestChange] = []
        until = self._until
        while len(found) < limit and (newest := self._entries(None, until).keys(0, 1)):
            since = _midnight(newest[0].at)
            found += self._of_day(since, until)
            until = since
        return found[:limit]

    def _of_day(self, since: datetime, until: datetime | None) -> list[LatestChange]:
        numbers = self._entries(since, until).by_kind()
        many = {kind: number for kind, number in numbers.items() if number > MANY}
        few = self._entries(since, until, kinds=numbers.keys() - many)
        found = [LatestChange(key=key) for key in few.keys(0, few.total)]
        together = self._entries(since, until, kinds=many.keys()).keys(0, 1)
        found += [LatestChange(key=key, numbers=many) for key in together]
        return sorted(found, key=lambda one: one.key, reverse=True)

    def _entries(
        self, since: datetime | None, until: datetime | None, **narrowed: Any
    ) -> FoundEntries:
        within = {"since": since, "until": until, "organisation": self._organisation}
        return self._found.entries(history=False, **within, **narrowed)


def _midnight(instant: datetime) -> datetime:
    """The first instant of the day of the site on which it lies."""
    zone = timezone.get_default_timezone()
    return datetime.combine(timezone.localdate(instant, zone), time.min, tzinfo=zone)
