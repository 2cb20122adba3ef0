"""The columns of promised dates that moved, for CSV: one row for each date.

Dates are in their text form, words in the reader's language; `months` are whole ones, to the side
that `moved` tells, and empty where there is no new date.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from initiatives.exchange.columns import Column
from initiatives.exchange.names import Names

_SIGN = "|"  # between several values of a cell


def columns_of(page_of: Callable[[Any], str]) -> list[Column]:
    """`page_of` gives the absolute address of the place at which the date is shown."""
    names = Names()
    return [
        _column("code", lambda row: row.initiative.code),
        _column("title", lambda row: row.initiative.title or ""),
        _column("date", lambda row: "milestone" if row.milestone else "planned_end"),
        _column("milestone", lambda row: str(row.milestone.number) if row.milestone else ""),
        _column("milestone_title", lambda row: (row.milestone and row.milestone.title) or ""),
        _column("before", lambda row: str(row.before)),
        _column("after", lambda row: str(row.now or "")),
        _column("moved", lambda row: row.direction.value),
        _column("months", lambda row: "" if row.now is None else str(row.months)),
        _column("moves", lambda row: str(len(row.moves))),
        _column("moved_on", lambda row: str(timezone.localdate(row.last_move.recorded_at))),
        _column("reason", _reasons),
        _column("status", lambda row: row.initiative.status),
        _column("status_label", lambda row: str(names.label("status", row.initiative.status))),
        _column("countries", lambda row: _SIGN.join(_countries(row))),
        _column("countries_names", lambda row: _SIGN.join(map(names.country, _countries(row)))),
        _column("sectors", lambda row: _SIGN.join(_sectors(row))),
        _column("sectors_names", lambda row: _SIGN.join(map(names.sector, _sectors(row)))),
        _column("url", page_of),
    ]


def _column(name: str, write: Callable[[Any], str]) -> Column:
    """Nobody makes such a file by hand, so the stable name is enough."""
    return Column(name, name, write)


def _reasons(row: Any) -> str:
    """Those of all moves that have one, the first move first."""
    return f" {_SIGN} ".join(filter(None, (move.reason for move in row.moves)))


def _countries(row: Any) -> list[str]:
    return list(dict.fromkeys(link.country.iso2 for link in row.initiative.countries.all()))


def _sectors(row: Any) -> list[str]:
    return [link.sector.slug for link in row.initiative.sectors.all()]
