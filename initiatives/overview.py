"""What is going on in the initiatives that were found: the figures of home, country, pair and the
other pages about a part of the whole, and the names that belong to them.

`of()` takes figures, codes and slugs out of the index; the records of the codes are fetched for
the page that shows them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from initiatives.editions.index import Found, Selection, index
from initiatives.editions.index.figures import Figures, PartKey
from initiatives.lifecycle import Status
from initiatives.models import Country, Sector
from initiatives.totals import Total

LATE = 20  # of what is late the list has all
NEXT = 5


@dataclass(frozen=True, kw_only=True)
class StatusCount:
    status: Status
    count: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Numbers of all that was found, and of the first of it the codes of initiatives, the slugs of
    events and the keys of milestones."""

    total: int
    statuses: Mapping[str, int]
    sectors: Mapping[str, Mapping[str, int]]
    money: list[Total]
    late: list[str]
    next_events: list[str]
    open_events: list[str]
    next_milestones: list[PartKey]
    listed: list[str]

    @property
    def codes(self) -> list[str]:
        """Of all initiatives whose records are needed."""
        return [*self.listed, *self.late, *(key.code for key in self.next_milestones)]


def of(found: Found, *, listed: int, language: str | None, everywhere: bool = False) -> Overview:
    """`listed` initiatives are named, the last changed first; `everywhere` takes all public events
    and not those alone that one of the initiatives names."""
    figures = Figures(found)
    return Overview(
        total=found.total,
        statuses=figures.statuses(),
        sectors=figures.statuses_by_sector(),
        money=found.money(),
        late=figures.overdue(LATE),
        next_events=figures.next_events(NEXT, everywhere=everywhere),
        open_events=figures.open_events(NEXT, everywhere=everywhere),
        next_milestones=figures.next_milestones(NEXT),
        listed=found.keys("-updated", 0, listed, language=language),
    )


def by_status(counts: Mapping[str, int]) -> list[StatusCount]:
    """All six statuses, also those that nothing has."""
    return [StatusCount(status=status, count=counts.get(status, 0)) for status in Status]


def by_sector(counts: Mapping[str, Mapping[str, int]]) -> list[tuple[Sector, dict[Status, int]]]:
    """The counts of each status with the sectors that their slugs stand for, in their order.

    A sector holds what is in it or in a part of it, once; an initiative in several counts in each.
    """
    sectors = Sector.objects.filter(slug__in=counts).order_by("order", "slug")
    return [
        (sector, {Status(status): number for status, number in counts[sector.slug].items()})
        for sector in sectors
    ]


def countries() -> list[Country]:
    """Every country with the `number` of public initiatives in which it takes part, the most
    frequent first."""
    return _with_numbers(Country.objects.order_by("order"), "iso2", _tally("country"), most=True)


def sectors() -> list[Sector]:
    """Every sector with the `number` of its public initiatives, in the order of the sectors."""
    rows = Sector.objects.order_by("order", "slug")
    return _with_numbers(rows, "slug", _tally("sector"))


def pairs() -> list[tuple[Country, Country, int]]:
    """Pairs of countries that take part together, with their number, the most frequent first."""
    with index.reading() as reading:
        numbers = Figures(reading.find(Selection())).pairs()
    known = Country.objects.in_bulk({iso2 for pair in numbers for iso2 in pair}, field_name="iso2")
    found = [(known[one], known[other], number) for (one, other), number in numbers.items()]
    return sorted(found, key=lambda pair: (-pair[2], pair[0].iso2, pair[1].iso2))


def partners(numbers: Mapping[str, int]) -> list[tuple[Country, int]]:
    """The countries with their numbers, the most frequent first."""
    known = Country.objects.in_bulk(numbers, field_name="iso2")
    ordered = sorted(known, key=lambda iso2: (-numbers[iso2], iso2))
    return [(known[iso2], numbers[iso2]) for iso2 in ordered]


def _tally(name: str) -> dict[str, int]:
    with index.reading() as reading:
        return reading.find(Selection()).tally(name)


def _with_numbers(rows: Iterable, key: str, numbers: Mapping[str, int], *, most=False) -> list:
    found = list(rows)
    for row in found:
        row.number = numbers.get(getattr(row, key), 0)
    return sorted(found, key=lambda row: -row.number) if most else found
