"""What each organisation pays, gets and takes part in, and the orders of all of them.

What orders and narrows is worked out over all organisations at once and kept with the register;
the figures are those of the few that a page shows.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from initiatives.choices import FundingType
from initiatives.editions.index.columns import places_of
from initiatives.editions.index.memo import memoised
from initiatives.editions.index.reading import Reading
from initiatives.rules import Flag
from initiatives.totals import Total

DOES = ("pays", "gets", "takes-part")
_PAID = FundingType.DISBURSEMENT
SIDES = {"pays": "provider", "gets": "receiver"}


@dataclass(frozen=True, kw_only=True)
class All:
    """The public organisations by slug: in how many initiatives each is in any way, and by each of
    `DOES` whether it does that. Arrays in the order of the slugs."""

    slugs: list[str]
    initiatives: np.ndarray
    does: dict[str, np.ndarray]


@dataclass(frozen=True, kw_only=True)
class Paid:
    """Whether each organisation pays in a currency at all, and its place among those that do: who
    paid most has the lowest number. Arrays in the order of the slugs."""

    is_any: np.ndarray
    rank: np.ndarray


@dataclass(frozen=True, kw_only=True)
class OwnFigures:
    """Of one organisation: `initiatives` it is in, in any way, of which `late` are overdue; in how
    many it pays, gets and has a role; and at how many events it is."""

    slug: str
    initiatives: int
    statuses: dict[str, int]
    late: int
    pays: list[Total]
    gets: list[Total]
    pays_in: int
    gets_in: int
    role_in: int
    events: int


class Organisations:
    """Of all that is public at the instant of the reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._content = reading, reading.content
        self.memo: dict[Hashable, object] = reading.memo
        self.memo_key: Hashable = reading.memo_key

    @memoised
    def all(self) -> All:
        slugs, rows = self._reading.organisations(), self._reading.rows
        options = self._content.options
        in_any, role = (
            np.fromiter(
                (rows.intersection_cardinality(options.rows(name, slug)) for slug in slugs),
                np.int64,
                len(slugs),
            )
            for name in ("organisation", "member")
        )
        does = {name: self._lines_of(slugs, side) > 0 for name, side in SIDES.items()}
        return All(slugs=slugs, initiatives=in_any, does=does | {"takes-part": role > 0})

    @memoised
    def currencies(self) -> dict[str, int]:
        """In how many lines of money an organisation pays in each currency, if in any."""
        return self._content.money.currencies(places_of(self._reading.rows), "provider")

    @memoised
    def paid(self, currency: str) -> Paid:
        """Most disbursed first, then most committed, then by slug; of a range the lower end, and a
        part is never added to its whole."""
        slugs = self.all().slugs
        keys = [self._sums(slugs, currency, kind) for kind in (FundingType.COMMITMENT, _PAID)]
        order = np.lexsort([-part for parts in keys for part in reversed(parts)])
        rank = np.empty(len(slugs), np.int64)
        rank[order] = np.arange(len(slugs))
        return Paid(is_any=self._lines_of(slugs, "provider", currency) > 0, rank=rank)

    @memoised
    def figures(self, slugs: tuple[str, ...]) -> list[OwnFigures]:
        """Of the organisations of a page, in their order."""
        return self.figures_of(slugs)

    def figures_of(self, slugs: Iterable[str]) -> list[OwnFigures]:
        """The same for a file, which nobody asks for again soon; it is not kept."""
        return [self._figures(slug) for slug in slugs]

    def _figures(self, slug: str) -> OwnFigures:
        options, money = self._content.options, self._content.money
        rows = self._reading.with_option("organisation", slug)
        places, wholes = places_of(rows), self._content.wholes(self._reading.rows)
        at_events = self._content.events.organisations.get(slug, BitMap())
        return OwnFigures(
            slug=slug,
            initiatives=len(rows),
            statuses=options.tally("status", rows),
            late=rows.intersection_cardinality(self._reading.flags[Flag.OVERDUE]),
            pays=money.totals(places, wholes, provider=slug),
            gets=money.totals(places, wholes, receiver=slug),
            pays_in=money.initiatives(places, "provider", slug),
            gets_in=money.initiatives(places, "receiver", slug),
            role_in=rows.intersection_cardinality(options.rows("member", slug)),
            events=self._reading.events.intersection_cardinality(at_events),
        )

    def _sums(self, slugs: list[str], currency: str, kind: str) -> tuple[np.ndarray, np.ndarray]:
        money, rows = self._content.money, self._reading.rows
        wholes = self._content.wholes(rows)
        sums = money.sums_of_each(places_of(rows), wholes, "provider", (currency, kind))
        upper, lower = (self._in_order(slugs, part) for part in sums)
        return upper, lower

    def _lines_of(self, slugs: list[str], side: str, currency: str = "") -> np.ndarray:
        places = places_of(self._reading.rows)
        return self._in_order(slugs, self._content.money.paying(places, side, currency))

    def _in_order(self, slugs: list[str], of_numbers: np.ndarray) -> np.ndarray:
        """What is known by the numbers of organisations in the order of the slugs, else zero."""
        numbers, beyond = self._content.money.organisations, len(of_numbers)
        wanted = np.fromiter((numbers.get(slug, beyond) for slug in slugs), np.intp, len(slugs))
        return np.append(of_numbers, 0)[wanted]
