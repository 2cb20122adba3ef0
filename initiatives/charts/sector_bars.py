"""Sectors and statuses: one bar for each sector, one segment of it for each status."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from initiatives.charts.scale import percent
from initiatives.lifecycle import Status

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
    """`segments` are drawn; `counts` has every status in its order, for the table."""

    sector: object
    total: int
    segments: list[Segment]
    counts: list[tuple[Status, int]]


def sector_bars(rows: "list[tuple[Sector, dict[Status, int]]]") -> list[SectorBar]:
    """The bars of `overview.status_by_sector`, the longest first; the longest has the full width.

    All bars share one scale, so that their lengths can be compared.
    """
    ordered = sorted(rows, key=lambda row: -sum(row[1].values()))
    longest = max((sum(counts.values()) for _sector, counts in ordered), default=0)
    return [_bar(sector, counts, longest) for sector, counts in ordered]


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
