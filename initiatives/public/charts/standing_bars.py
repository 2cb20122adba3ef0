"""What became of promises: one bar as wide as the page, one segment for each standing."""

from collections.abc import Mapping
from dataclasses import dataclass

from initiatives.choices import Standing
from initiatives.public.charts.scale import percent


@dataclass(frozen=True, kw_only=True)
class StandingSegment:
    """`x` and `width` are shares of the bar."""

    standing: Standing
    count: int
    x: str
    width: str


def standing_bar(counts: Mapping[str, int]) -> list[StandingSegment]:
    """The segments of the standings that any promise has, in their order; together the whole."""
    whole, before, segments = sum(counts.values()), 0, []
    for standing in Standing:
        if count := counts.get(standing, 0):
            place = {"x": percent(before, whole), "width": percent(count, whole)}
            segments.append(StandingSegment(standing=standing, count=count, **place))
            before += count
    return segments
