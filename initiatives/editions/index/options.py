"""The rows of each option of each facet."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from heapq import heappush, heapreplace, nsmallest
from typing import TypeVar

import numpy as np
from pyroaring import BitMap

from initiatives.choices import (
    NOT_SAID,
    PARTICIPANT_ROLES,
    PARTY_ROLES,
    YEAR_UNKNOWN,
    EventRelation,
)
from initiatives.editions.facts import promised_in
from initiatives.editions.index.columns import Column, Lines, places_of
from initiatives.editions.index.promised import where_it_moved
from initiatives.editions.record import InitiativeRecord
from initiatives.lifecycle import Status

Value = TypeVar("Value", bound=str)
_FEW = 20_000  # rows whose organisations are counted one by one


def options_of(record: InitiativeRecord) -> Iterator[tuple[str, str]]:
    """(facet, value) of a record, as the filters of the list define them; some more than once.

    Organisations are not among them.
    """
    yield "status", record.status
    yield "kind", record.kind
    if record.status == Status.IMPLEMENTED:
        yield "delivered", record.delivered or NOT_SAID
    yield "promised", str(promised_in(record) or YEAR_UNKNOWN)
    if record.planned_end:
        yield "dated", "yes"
    for moved in where_it_moved(record):
        yield "moved", moved.value
    yield "funded", "yes" if record.funding else "no"
    for share in record.sectors:
        yield "sector", share.slug
    for link in record.organisations:
        yield "member", link.slug
    for event in record.events:
        yield "event", event.slug
        if event.relation != EventRelation.MENTIONED:
            yield "decision", event.slug
            yield "decided", "yes"
    for country in record.countries:
        yield ("country" if country.role in PARTICIPANT_ROLES else "observer"), country.iso2
        if country.role in PARTY_ROLES:
            yield "party", country.iso2
    for line in record.funding:
        if line.currency:
            yield "currency", line.currency


def organisations_of(record: InitiativeRecord) -> set[str]:
    """Those that take part, pay or receive."""
    found = {link.slug for link in record.organisations}
    sides = (slug for line in record.funding for slug in (line.provider, line.receiver))
    return found.union(filter(None, sides))


class Options:
    def __init__(self) -> None:
        self._rows: dict[str, dict[str, BitMap]] = {}
        self._organisations = Lines()
        self._organisation, self._slugs = Column(np.int32), list[str]()
        self._numbers: dict[str, int] = {}
        self._by_size: list[str] = []

    def add(self, place: int, record: InitiativeRecord) -> None:
        for name, value in options_of(record):
            self.put(place, name, value)
        slugs = organisations_of(record)
        for line, slug in zip(self._organisations.append(place, len(slugs)), slugs, strict=True):
            self.put(place, "organisation", slug)
            if (number := self._numbers.get(slug)) is None:
                number = self._numbers[slug] = len(self._slugs)
                self._slugs.append(slug)
            self._organisation[line] = number
        self._by_size = []

    def put(self, place: int, name: str, value: str) -> None:
        facet = self._rows.setdefault(name, {})
        if (rows := facet.get(value)) is None:
            rows = facet[value] = BitMap()
        rows.add(place)

    def rows(self, name: str, value: str) -> BitMap:
        return self._rows.get(name, {}).get(value) or BitMap()

    def values(self, name: str) -> Collection[str]:
        """All that any edition has, past ones too."""
        return self._rows.get(name, {}).keys()

    def any_of(self, name: str, values: Iterable[str]) -> BitMap:
        return BitMap.union(BitMap(), *(self.rows(name, value) for value in values))

    def tally(self, name: str, rows: BitMap) -> dict[str, int]:
        """How many of `rows` each value has that any of them has."""
        return counted(self._rows.get(name, {}), rows)

    def wholes(self, parents: Mapping[str, str]) -> dict[str, BitMap]:
        """The rows of each sector, of which `parents` names the whole: what is in it or in a part
        of it."""
        sectors = self._rows.get("sector", {})
        found = {slug: [rows] for slug, rows in sectors.items()}
        for slug, rows in sectors.items():
            if whole := parents.get(slug):
                found.setdefault(whole, []).append(rows)
        return {
            slug: BitMap.union(*parts) if len(parts) > 1 else parts[0]
            for slug, parts in found.items()
        }

    def organisations(self, rows: BitMap, limit: int, also: Iterable[str]) -> dict[str, int]:
        """The `limit` that most of `rows` have, of the same number the first by slug, and those
        of `also` that some have."""
        few = len(rows) <= _FEW
        found = self._one_by_one(rows, limit) if few else self._largest_first(rows, limit)
        named = {
            slug: rows.intersection_cardinality(self.rows("organisation", slug)) for slug in also
        }
        return found | {slug: number for slug, number in named.items() if number}

    def _one_by_one(self, rows: BitMap, limit: int) -> dict[str, int]:
        lines = self._organisations.of(places_of(rows))
        numbers = np.bincount(self._organisation[lines], minlength=len(self._slugs))
        least = 1
        if len(numbers) > limit:
            least = max(1, int(np.partition(numbers, len(numbers) - limit)[-limit]))
        found = Counter({self._slugs[n]: int(numbers[n]) for n in np.flatnonzero(numbers >= least)})
        return _first(found, limit)

    def _largest_first(self, rows: BitMap, limit: int) -> dict[str, int]:
        """None has more rows under a selection than in all, so that the rest need no look."""
        facet = self._rows.get("organisation", {})
        self._by_size = self._by_size or sorted(facet, key=lambda slug: -len(facet[slug]))
        found, most = Counter[str](), list[int]()
        for slug in self._by_size:
            if len(most) == limit and len(facet[slug]) < most[0]:
                break
            if number := rows.intersection_cardinality(facet[slug]):
                found[slug] = number
                if len(most) < limit:
                    heappush(most, number)
                elif number > most[0]:
                    heapreplace(most, number)
        return _first(found, limit)


def _first(found: Counter[str], limit: int) -> dict[str, int]:
    return dict(nsmallest(limit, found.items(), key=lambda item: (-item[1], item[0])))


def counted(rows_by_value: Mapping[Value, BitMap], rows: BitMap) -> dict[str, int]:
    """How many of `rows` each value has, of those values that any of them has."""
    numbers = (
        (str(value), rows.intersection_cardinality(other)) for value, other in rows_by_value.items()
    )
    return {value: number for value, number in numbers if number}
