"""What was decided at events, in the order in which to read what became of it."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from initiatives.editions.index.columns import places_of
from initiatives.editions.index.found import Found
from initiatives.editions.index.memo import memoised
from initiatives.editions.index.orders import Order
from initiatives.editions.index.reading import Reading
from initiatives.lifecycle import OPEN
from initiatives.rules import Flag


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """The initiatives of an event: `decided` are those for which it was more than mentioned.

    Those that are late come first, the ones that were due first before the others, then the other
    open ones, then what has ended. `statuses` and `late` count the decided ones; what is only
    `mentioned` together with the event was not decided there.
    """

    decided: list[str]
    mentioned: list[str]
    statuses: Mapping[str, int]
    late: int

    @property
    def codes(self) -> list[str]:
        return [*self.decided, *self.mentioned]


class OpenDecisions:
    """The open initiatives of those that `found` has which any event decided: the late ones first,
    among both what was decided where the `sides` alone met, and then by the date of their end."""

    def __init__(self, found: Found, sides: Collection[str]) -> None:
        self.found, self._reading, self._sides = found, found.reading, frozenset(sides)
        self.memo = found.memo
        self.memo_key: Hashable | None = found.memo_key and (found.memo_key, self._sides)

    @property
    def total(self) -> int:
        return sum(map(len, self._groups()))

    @property
    def late(self) -> int:
        return sum(map(len, self._groups()[:2]))

    def keys(self, start: int, stop: int) -> list[str]:
        """The codes of those from `start` up to `stop`."""
        found: list[str] = []
        for group in self._groups():
            found += _by_date(self._reading, group, start, stop)
            start, stop = max(start - len(group), 0), max(stop - len(group), 0)
        return found

    @memoised
    def _groups(self) -> list[BitMap]:
        options = self._reading.content.options
        rows = self.found.positions & options.rows("decided", "yes")
        rows &= options.any_of("status", OPEN)
        late, alone = rows & self._reading.flags[Flag.OVERDUE], self._alone()
        return [late & alone, late - alone, (rows - late) & alone, rows - late - alone]

    def _alone(self) -> BitMap:
        """What was decided at an event that had the sides and no others."""
        events = self._reading.content.events
        theirs = events.sides.get(self._sides, BitMap()) & self._reading.events
        return self._reading.content.options.any_of("decision", events.slugs(places_of(theirs)))


def decisions_of(reading: Reading, slug: str) -> Decisions:
    """Those of the event `slug`."""
    options = reading.content.options
    rows = reading.with_option("event", slug)
    decided = rows & options.rows("decision", slug)
    return Decisions(
        decided=_late_first(reading, decided),
        mentioned=_late_first(reading, rows - decided),
        statuses=options.tally("status", decided),
        late=len(decided & reading.flags[Flag.OVERDUE]),
    )


def _late_first(reading: Reading, rows: BitMap) -> list[str]:
    is_open = rows & reading.content.options.any_of("status", OPEN)
    late = rows & reading.flags[Flag.OVERDUE]
    groups = (late, is_open - late, rows - is_open)
    return [code for group in groups for code in _by_date(reading, group, 0, len(group))]


def _by_date(reading: Reading, rows: BitMap, start: int, stop: int) -> list[str]:
    places, content = places_of(rows), reading.content
    keys = content.validity.key[places]
    ordered = content.orders.page(places, keys, Order("due"), start, stop)
    return reading.keys(ordered.tolist())
