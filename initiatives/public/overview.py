"""What is going on in the initiatives that were found: the figures of home, country, pair and the
other pages about a part of the whole, and the names that belong to them.

`of()` takes figures, codes and slugs out of the index; the records of the codes are fetched for
the page that shows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from initiatives.editions import lists
from initiatives.editions.index import Found
from initiatives.editions.index.figures import Figures, PartKey
from initiatives.lifecycle import Status
from initiatives.totals import Total

if TYPE_CHECKING:
    from initiatives.models import Country, Sector


NEXT = 5
SHORT = 40  # of a list up to so long all rows are named, also those that nothing has


@dataclass(frozen=True, kw_only=True)
class StatusCount:
    """`in_part` are those of them of which it is said that they were delivered in part; `share` is
    how many there are among a hundred of all."""

    status: Status
    count: int
    in_part: int = 0
    share: int = 0


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Numbers of all that was found, and of the first of it the codes of initiatives, the slugs of
    events and the keys of milestones."""

    total: int
    statuses: Mapping[str, int]
    in_part: int
    sectors: Mapping[str, Mapping[str, int]]
    money: list[Total]
    next_events: list[str]
    open_events: list[str]
    next_milestones: list[PartKey]

    @property
    def codes(self) -> list[str]:
        """Of all initiatives whose records are needed."""
        return [key.code for key in self.next_milestones]


def of(found: Found, *, everywhere: bool = False) -> Overview:
    """`everywhere` takes all public events, not those alone that one of the initiatives names."""
    figures = Figures(found)
    return Overview(
        total=found.total,
        statuses=figures.statuses(),
        in_part=figures.in_part(),
        sectors=figures.statuses_by_sector(),
        money=found.money(),
        next_events=figures.next_events(NEXT, everywhere=everywhere),
        open_events=figures.open_events(NEXT, everywhere=everywhere),
        next_milestones=figures.next_milestones(NEXT),
    )


def by_status(counts: Mapping[str, int], *, in_part: int = 0) -> list[StatusCount]:
    """All six statuses, also those that nothing has; of what is implemented `in_part` were
    delivered in part."""
    parts, total = {Status.IMPLEMENTED: in_part}, sum(counts.values())
    numbers = {status: counts.get(status, 0) for status in Status}
    return [
        StatusCount(
            status=status,
            count=number,
            in_part=parts.get(status, 0),
            share=round(100 * number / total) if total else 0,
        )
        for status, number in numbers.items()
    ]


def by_sector(counts: Mapping[str, Mapping[str, int]]) -> "list[tuple[Sector, dict[Status, int]]]":
    """The counts of each status with the sectors that their slugs stand for, in their order.

    A sector holds what is in it or in a part of it, once; an initiative in several counts in each.
    """
    return [
        (sector, {Status(status): number for status, number in counts[sector.slug].items()})
        for sector in lists.in_reading_order(lists.all_of("sector")).values()
        if sector.slug in counts
    ]


def countries(numbers: Mapping[str, int]) -> "list[Country]":
    """The countries with their `number`, the most frequent first; see `_with_numbers`."""
    found = _with_numbers("country", numbers)
    return sorted(found, key=lambda country: -country.number)


def sectors(numbers: Mapping[str, int]) -> "list[tuple[Sector, list[Sector]]]":
    """The sectors with their `number`, in their order, each with its parts; see `_with_numbers`."""
    rows = _with_numbers("sector", numbers)
    return lists.trees({row.slug: row for row in rows})


def pairs(numbers: Mapping[tuple[str, str], int]) -> "list[tuple[Country, Country, int]]":
    """Pairs of countries with their numbers, the most frequent first."""
    known = lists.rows_of("country", {iso2 for pair in numbers for iso2 in pair})
    ordered = sorted(numbers, key=lambda pair: (-numbers[pair], pair))
    return [(known[one], known[other], numbers[one, other]) for one, other in ordered]


def partners(numbers: Mapping[str, int]) -> "list[tuple[Country, int]]":
    """The countries with their numbers, the most frequent first."""
    known = lists.rows_of("country", numbers)
    ordered = sorted(known, key=lambda iso2: (-numbers[iso2], iso2))
    return [(known[iso2], numbers[iso2]) for iso2 in ordered]


def _with_numbers(name: str, numbers: Mapping[str, int]) -> list[Any]:
    """The rows of a list; of a long one, as that of all countries, those that have a number."""
    rows = lists.all_of(name)
    for key, row in rows.items():
        row.number = numbers.get(key, 0)
    is_short = len(rows) <= SHORT
    shown = {key: row for key, row in rows.items() if is_short or row.number}
    return list(lists.in_reading_order(shown).values())
