"""What is going on in the rows that were found: the figures of pages about a part of the whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from pyroaring import BitMap

from initiatives.editions.index.columns import places_of
from initiatives.editions.index.milestones import MilestoneKey
from initiatives.editions.index.reading import Found
from initiatives.lifecycle import OPEN
from initiatives.rules import Flag


@dataclass(frozen=True, kw_only=True)
class Dates:
    """How many have a date and how many have none, and the keys of the first of both; of the dated
    ones the latest first."""

    known: int = 0
    unknown: int = 0
    dated: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OpenMilestones:
    """The first open milestones of a side (a country, or None where none is named), and the number
    of the others."""

    side: str | None
    keys: list[MilestoneKey]
    more: int


class Figures:
    """Of the rows that `found` has, or of all without one. Codes and slugs stand for rows."""

    def __init__(self, found: Found) -> None:
        self._found, self._reading = found, found.reading
        self._content, self._rows = found.reading.content, found.positions

    def statuses(self) -> dict[str, int]:
        return self._content.options.tally("status", self._rows)

    def statuses_by_sector(self) -> dict[str, dict[str, int]]:
        """By the slug of each sector that holds any; what is in a part of it is in it, once."""
        sectors = ((slug, rows & self._rows) for slug, rows in self._reading.sectors.items())
        return {slug: self._content.options.tally("status", rows) for slug, rows in sectors if rows}

    def overdue(self, limit: int) -> list[str]:
        """Those that are open past their planned end, the one that was due first at the top."""
        late = places_of(self._rows & self._reading.flags[Flag.OVERDUE])
        content = self._content
        first = content.orders.page(late, content.validity.key[late], "due", 0, limit, None)
        return self._reading.keys(first.tolist())

    def next_milestones(self, limit: int) -> list[MilestoneKey]:
        lines = self._content.milestones.next(
            places_of(self._rows), self._ranks, self._reading.day, limit
        )
        return self._milestones(lines)

    def open_milestones(self, limit: int) -> list[OpenMilestones]:
        """The first `limit` of each side, of what is open itself."""
        places = places_of(self._rows & self._content.options.any_of("status", OPEN))
        return [
            OpenMilestones(
                side=side, keys=self._milestones(lines[:limit]), more=max(0, len(lines) - limit)
            )
            for side, lines in self._content.milestones.by_side(places, self._ranks).items()
        ]

    def dates(self, limit: int) -> Dates:
        """Which have a planned or an actual date."""
        places = places_of(self._rows)
        known, unknown = self._content.orders.by_beginning(places, self._ranks(places))
        return Dates(
            known=len(known),
            unknown=len(unknown),
            dated=self._reading.keys(known[:limit].tolist()),
            undated=self._reading.keys(unknown[:limit].tolist()),
        )

    def event_dates(self, limit: int) -> Dates:
        events = self._content.events
        known, unknown = events.dated(self._events)
        return Dates(
            known=len(known),
            unknown=len(unknown),
            dated=events.slugs(known[:limit]),
            undated=events.slugs(unknown[:limit]),
        )

    def next_events(self, limit: int, *, everywhere: bool = False) -> list[str]:
        """Those that are still to come; `everywhere` also those that none of the rows names."""
        rows = self._reading.events if everywhere else self._events
        found = self._content.events.to_come(rows, self._reading.day)
        return self._content.events.slugs(found[:limit])

    def open_events(self, limit: int, *, everywhere: bool = False) -> list[str]:
        """Those of which neither date nor state is stated."""
        rows = self._reading.events if everywhere else self._events
        return self._content.events.slugs(self._content.events.not_stated(rows)[:limit])

    def together_with(self, iso2: str) -> dict[str, int]:
        """How many of the rows each other country takes part in."""
        counted = self._content.options.tally("country", self._rows)
        return {other: number for other, number in counted.items() if other != iso2}

    @property
    def _events(self) -> BitMap:
        """Those that one of the rows names."""
        events, named = self._content.events, self._content.options
        places = places_of(self._reading.events)
        return BitMap(
            place
            for place, slug in zip(places.tolist(), events.slugs(places), strict=True)
            if self._rows.intersect(named.rows("event", slug))
        )

    def _ranks(self, places) -> np.ndarray:
        return self._content.orders.code_ranks()[self._content.validity.key[places]]

    def _milestones(self, lines: Iterable[int]) -> list[MilestoneKey]:
        found = [self._content.milestones.where(line) for line in lines]
        codes = self._reading.keys(place for place, _number in found)
        return [
            MilestoneKey(code, number) for code, (_place, number) in zip(codes, found, strict=True)
        ]
