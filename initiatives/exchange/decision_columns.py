"""The columns of what was decided at an event, for CSV: one row for each decision.

Dates are in their text form, words in the reader's language; `months_late` are the whole months
since the planned end passed, empty where it is not late.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from initiatives.exchange.columns import Column
from initiatives.exchange.names import Names


class DecisionRow(NamedTuple):
    """What the event was for an initiative (`link`), how that stands (`decision`), its page."""

    link: Any
    decision: Any
    address: str


def columns() -> list[Column]:
    """In their order."""
    names = Names()
    return [
        _column("item", lambda row: row.link.protocol_reference or ""),
        _column("relation", lambda row: str(row.link.relation)),
        _column("relation_label", lambda row: str(row.link.get_relation_display())),
        _column("decision", lambda row: row.link.decision or ""),
        _column("code", lambda row: row.decision.initiative.code),
        _column("title", lambda row: row.decision.initiative.title or ""),
        _column("status", lambda row: row.decision.initiative.status),
        _column("status_label", lambda row: names.label("status", row.decision.initiative.status)),
        _column("planned_end", lambda row: str(row.decision.planned_end or "")),
        _column("actual_end", lambda row: str(row.decision.ended or "")),
        _column("months_late", _months_late),
        _column("next_milestone", lambda row: _step(row, "title")),
        _column("next_milestone_date", lambda row: str(_step(row, "planned"))),
        _column("url", lambda row: row.address),
    ]


def _months_late(row: DecisionRow) -> str:
    months = row.decision.months_late
    return "" if months is None else str(months)


def _step(row: DecisionRow, name: str) -> Any:
    step = row.decision.next_step
    return "" if step is None else getattr(step, name)


def _column(name: str, write: Callable[[Any], str]) -> Column:
    """Nobody makes such a file by hand, so the stable name is enough."""
    return Column(name, name, write)
