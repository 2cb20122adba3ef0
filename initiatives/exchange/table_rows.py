"""The rows of a table straight from the bodies of editions, some hundred in memory at once."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from initiatives.editions.bodies import bodies_at
from initiatives.editions.index import Reading
from initiatives.editions.index.columns import rows_at
from initiatives.editions.instances.named import public_codes
from initiatives.editions.record import InitiativeRecord, decoded
from initiatives.exchange.names import Names
from initiatives.exchange.table_row import TableRecord, TableRow
from initiatives.kept_queries import TOGETHER


class Places(NamedTuple):
    """Editions of initiatives in the order of a list, and those of them that have each flag, in the
    order of flags."""

    positions: np.ndarray
    flagged: Mapping[str, BitMap]

    @classmethod
    def of(cls, reading: Reading, positions: np.ndarray) -> "Places":
        return cls(positions, reading.flagged(rows_at(positions)))


def _linked(record: InitiativeRecord) -> set[str]:
    return {link.slug for link in record.organisations}


def table_rows(
    places: Places,
    address_of: Callable[[TableRow], str],
    *,
    of: type[InitiativeRecord] = TableRecord,
    naming: Callable[[InitiativeRecord], set[str]] = _linked,
) -> Iterator[TableRow]:
    """The initiatives as the editions at these places say, a chunk in memory.

    `of` is how much of each record is read, `naming` gives the organisations whose names will be
    asked for. Two queries for each chunk, and a few for names. What was taken out of the register
    since the places were looked up is left out.
    """
    names = Names()
    for first in range(0, len(places.positions), TOGETHER):
        positions = places.positions[first : first + TOGETHER].tolist()
        bodies, flags = bodies_at(positions), _flags(positions, places.flagged)
        records = {place: decoded(bodies[place], of) for place in positions if place in bodies}
        public = public_codes({one.parent for one in records.values() if one.parent})
        names.expect(set[str]().union(*map(naming, records.values())))
        for place, record in records.items():
            row = _row(record, names)
            row.parent = record.parent if record.parent in public else ""
            row.flags = flags.get(place, ())
            row.address = address_of(row)
            yield row


def _row(record: InitiativeRecord, names: Names) -> TableRow:
    return TableRow(
        record=record,
        countries=names.countries_in_order(record.countries),
        sectors=names.sectors_in_order(record.sectors),
        organisations=names.organisations_in_order(record.organisations),
        names=names,
    )


def _flags(places: list[int], flagged: Mapping[str, BitMap]) -> dict[int, list[str]]:
    found, rows = defaultdict(list), BitMap(places)
    for flag, having in flagged.items():
        for place in rows & having:
            found[place].append(flag)
    return found
