"""What was decided at an event, in the order in which to read what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from initiatives.editions.index.columns import places_of
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
    return [code for group in groups for code in _by_date(reading, group)]


def _by_date(reading: Reading, rows: BitMap) -> list[str]:
    places, content = places_of(rows), reading.content
    keys = content.validity.key[places]
    ordered = content.orders.page(places, keys, Order("due"), 0, len(places))
    return reading.keys(ordered.tolist())
