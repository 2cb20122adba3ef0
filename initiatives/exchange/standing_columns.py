"""The columns of what became of promises, for CSV: by year, and of two sides."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from initiatives.choices import Standing
from initiatives.exchange.columns import Column


class YearRow(NamedTuple):
    """The promises of a `year`, which may be `unknown`, and how many have each standing."""

    year: str
    counts: Mapping[str, int]
    address: str


class SideRow(NamedTuple):
    """How many of the `total` promises of a side have a standing; `side` is empty for all."""

    side: str
    name: str
    total: int
    standing: Standing
    number: int
    address: str


def of_years() -> list[Column]:
    """`url` is that of the list of these promises."""
    return [
        _column("promised_in", lambda row: row.year),
        _column("promises", lambda row: str(sum(row.counts.values()))),
        *(_count(standing) for standing in Standing),
        _column("url", lambda row: row.address),
    ]


def of_sides() -> list[Column]:
    """`percent` is of the promises of the side, with one decimal; empty where it has none."""
    return [
        _column("side", lambda row: row.side),
        _column("side_name", lambda row: row.name),
        _column("promises", lambda row: str(row.total)),
        _column("standing", lambda row: row.standing.value),
        _column("standing_label", lambda row: str(row.standing.label)),
        _column("count", lambda row: str(row.number)),
        _column("percent", lambda row: f"{100 * row.number / row.total:.1f}" if row.total else ""),
        _column("url", lambda row: row.address),
    ]


def _count(standing: Standing) -> Column:
    return _column(standing.value, lambda row: str(row.counts.get(standing.value, 0)))


def _column(name: str, write: Callable[[Any], str]) -> Column:
    """Nobody makes such a file by hand, so the stable name is enough."""
    return Column(name, name, write)
