"""Sectors and statuses: one bar for each sector, one segment of it for each status."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from initiatives.lifecycle import Status
from initiatives.public.charts.scale import percent

if TYPE_CHECKING:
    from initiatives.models import Sector


@dataclass(frozen=True, kw_only=True)
class Segment:
    """`x` and `width` are shares of the picture; a status without initiatives has none."""

    status: Status
    count: int
    x: str
    width: str


@dataclass(frozen=True, kw_only=True)
class SectorBar:
    """`segments` are drawn; `counts` has every status in its order, for the table. What is in one
    of the `parts` is in the whole as well, once, so they do not add up to it."""

    sector: "Sector"
    total: int
    segments: list[Segment]
    counts: list[tuple[Status, int]]
    parts: "list[SectorBar]" = field(default_factory=list)


def sector_bars(rows: "list[tuple[Sector, dict[Status, int]]]") -> list[SectorBar]:
    """The bars of `overview.status_by_sector`, the longest first; the longest has the full width.

    All bars share one scale, so that their lengths can be compared.
    """
    ordered = sorted(rows, key=lambda row: -sum(row[1].values()))
    longest = max((sum(counts.values()) for _sector, counts in ordered), default=0)
    return [_bar(sector, counts, longest) for sector, counts in ordered]


def with_parts(
    bars: list[SectorBar], trees: "Iterable[tuple[Sector, list[Sector]]]"
) -> list[SectorBar]:
    """The bars of the wholes, in the order of `bars`, each with those of its parts."""
    place = {bar.sector.slug: number for number, bar in enumerate(bars)}
    parts = {whole.slug: sorted(place[part.slug] for part in of) for whole, of in trees}
    wholes = (bar for bar in bars if bar.sector.slug in parts)
    return [
        replace(bar, parts=[bars[number] for number in parts[bar.sector.slug]]) for bar in wholes
    ]


def segments(counts: Mapping[Any, int], whole: int) -> list[Segment]:
    """A segment for each status that has a count, one beside the other, as shares of `whole`; a
    status may be given as its text."""
    found, before = [], 0
    for status in Status:
        if count := counts.get(status, 0):
            place = {"x": percent(before, whole), "width": percent(count, whole)}
            found.append(Segment(status=status, count=count, **place))
            before += count
    return found


def _bar(sector: "Sector", counts: dict[Status, int], longest: int) -> SectorBar:
    every = [(status, counts.get(status, 0)) for status in Status]
    return SectorBar(
        sector=sector,
        total=sum(counts.values()),
        segments=segments(counts, longest),
        counts=every,
    )
