"""What the index answers: of one instant and of one day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from initiatives.choices import NOT_SAID, Delivered, Late, Standing
from initiatives.editions import lists
from initiatives.editions.index.columns import places_of
from initiatives.editions.index.content import Content
from initiatives.editions.index.event_lists import EventLists
from initiatives.editions.index.flags import BY_DAY
from initiatives.editions.index.found import Found
from initiatives.editions.index.instants import microseconds
from initiatives.editions.index.selection import Selection
from initiatives.lifecycle import OPEN, Status
from initiatives.rules import Flag

_DELIVERED = {
    Standing.IN_FULL: Delivered.FULL.value,
    Standing.IN_PART: Delivered.PART.value,
    Standing.NOT_SAID: NOT_SAID,
}


class Reading:
    """The register as it is known at `now`, or was at the instant `at`; flags are those of `day`.

    `parents` names the whole of each sector that is part of another one; without them the present
    ones are read when they are needed.
    """

    def __init__(
        self,
        content: Content,
        *,
        now: datetime,
        day: date,
        at: datetime | None = None,
        parents: Mapping[str, str] | None = None,
    ) -> None:
        self.content, self._parents = content, parents
        self._now = microseconds(now)
        self._at = self._now if at is None else min(microseconds(at), self._now)
        self.day = day.toordinal()
        self.rows = content.rows(self._at, self._now)
        self.memo = content.memo_at(self._now)
        self.memo_key = (self.day, None if self._at == self._now else self._at)

    def find(self, selection: Selection) -> Found:
        return Found(self, selection)

    def keys(self, positions: Iterable[int]) -> list[str]:
        """The codes of the initiatives at these positions."""
        validity = self.content.validity
        return [validity.names[validity.key[position]] for position in positions]

    def positions(self, codes: Iterable[str]) -> BitMap:
        """The positions of these initiatives, of those that are public."""
        return self.content.validity.held(self.rows, codes)

    def places(self, codes: Iterable[str]) -> np.ndarray:
        """The same in the order of the codes, all of which are public."""
        validity = self.content.validity
        numbers = np.array([validity.number_of(code) for code in codes], np.intp)
        return validity.holders(self.rows)[numbers]

    def flagged(self, rows: BitMap) -> dict[str, BitMap]:
        """Those of `rows` that have each flag, in the order of flags."""
        options, by_day = self.content.options, self.flags
        having = {
            flag: by_day[flag] if flag in BY_DAY else options.rows("flag", flag) for flag in Flag
        }
        return {flag.value: rows & flagged for flag, flagged in having.items()}

    def naming(self, keys: Iterable[tuple[str, str]]) -> BitMap:
        """The positions, past ones too, of records of these (kind, key): the country, sector or
        organisation takes part in any role, pays or receives, or is at one of their events."""
        options, keys = self.content.options, list(keys)
        kinds = {"country": ("country", "observer")}
        rows = [options.rows(name, key) for kind, key in keys for name in kinds.get(kind, (kind,))]
        slugs = self._events_of({key for kind, key in keys if kind == "organisation"})
        rows += [options.rows("event", slug) for slug in slugs]
        return BitMap.union(BitMap(), *rows)

    def _events_of(self, organisations: set[str]) -> list[str]:
        """The public events at which one of the organisations is."""
        events = self.content.events
        named = (events.organisations[key] for key in organisations & events.organisations.keys())
        return events.slugs(places_of(BitMap.union(BitMap(), *named) & self.events))

    def of_records(self, positions: BitMap) -> BitMap:
        """Those of `positions` that are of records, and those, past ones too, of records that name
        one of the public events at the others."""
        events = self.content.events
        slugs = events.slugs(places_of(positions & self.events))
        named = (self.content.options.rows("event", slug) for slug in slugs)
        return BitMap.union(positions - events.positions, *named)

    def with_option(self, name: str, value: str) -> BitMap:
        """The positions of the rows that have a value of a facet."""
        return self.rows & self.content.options.rows(name, value)

    def titles(self, positions: Iterable[int], language: str | None) -> list[str]:
        """The titles at these positions as a reader of `language` sees them."""
        return [self.content.orders.title(position, language) for position in positions]

    @cached_property
    def events(self) -> BitMap:
        """The positions of the events that are public."""
        return self.content.event_rows(self._at, self._now)

    def by_code(self) -> np.ndarray:
        """The positions of all that is public, by code."""
        places = places_of(self.rows)
        ranks = self.content.orders.code_ranks()
        return places[np.argsort(ranks[self.content.validity.key[places]])]

    def organisations(self, among: Iterable[str] | None = None) -> list[str]:
        """The slugs of those that take part, pay or receive, or are at an event; all, or those of
        `among`."""
        options, at_events = self.content.options, self.content.events.organisations
        slugs = at_events.keys() | options.values("organisation") if among is None else set(among)
        return sorted(
            slug
            for slug in slugs
            if options.rows("organisation", slug).intersect(self.rows)
            or (slug in at_events and at_events[slug].intersect(self.events))
        )

    @property
    def event_lists(self) -> EventLists:
        """The public events as their lists show them on the day."""
        return self.content.events.lists(self.events, self.day)

    def event_positions(self, slugs: Collection[str] | None = None) -> list[int]:
        """The positions of the public events, all or those of `slugs`, by slug."""
        events = self.content.events
        rows = self.events if slugs is None else events.validity.held(self.events, slugs)
        places = places_of(rows)
        by_slug = sorted(zip(events.slugs(places), places.tolist(), strict=True))
        return [place for _slug, place in by_slug]

    @cached_property
    def sectors(self) -> Mapping[str, BitMap]:
        """The rows of each sector, those in its parts among them."""
        return self.content.options.wholes(self.whole_of_sectors)

    @cached_property
    def whole_of_sectors(self) -> Mapping[str, str]:
        """By the slug of each sector that is part of another one the slug of that."""
        return lists.wholes_of_sectors() if self._parents is None else self._parents

    @cached_property
    def standings(self) -> Mapping[Standing, BitMap]:
        """The public rows by what became of their promise by the day."""
        options, late = self.content.options, self.flags[Flag.OVERDUE]
        delivered = {one: self.with_option("delivered", code) for one, code in _DELIVERED.items()}
        open_ = self.rows & options.any_of("status", OPEN)
        dated = open_ & options.rows("dated", "yes")
        return delivered | {
            Standing.ON_TIME: dated - late,
            Standing.LATE: dated & late,
            Standing.NO_DATE: open_ - dated,
            Standing.DROPPED: self.with_option("status", Status.CANCELLED),
        }

    @cached_property
    def late(self) -> Mapping[Late, BitMap]:
        """The public rows of which the planned end or a milestone is late on the day."""
        end = self.rows & self.flags[Flag.OVERDUE]
        step = self.content.promised.with_late_step(self.rows, self.day)
        return {Late.YES: end | step, Late.END: end, Late.MILESTONE: step}

    def late_by(self, months: int) -> BitMap:
        """Those whose planned end had passed so many whole months before the day, or more."""
        return self.content.promised.late_by(self.late[Late.END], months, self.day)

    def moved_by(self, months: int) -> BitMap:
        """Those whose planned end moved later by so many whole months, or more."""
        return self.content.promised.moved_by(self.rows, months)

    @cached_property
    def flags(self) -> Mapping[Flag, BitMap]:
        """The rows that have each of the flags that depend on the day."""
        content = self.content
        if self.rows is content.validity.current and self._now >= content.checks.newest:
            return content.flagged_today(self.day, self._now)
        return content.flagged(places_of(self.rows), self.day, self._at)
