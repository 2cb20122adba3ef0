"""The columns of what changed, for CSV and for objects: one row for each entry of a timeline.

Dates are in their text form, instants in UTC, words in the reader's language.
"""

from collections.abc import Callable

from initiatives.exchange.cells import instant
from initiatives.exchange.columns import Column


def columns_of(page_of: Callable) -> list[Column]:
    """`page_of` gives the absolute address of the place at which an entry is shown."""
    return [
        _column("known_since", lambda entry: instant(entry.at)),
        _column("on", lambda entry: str(entry.on or "")),
        _column("kind", lambda entry: str(entry.kind)),
        _column("code", lambda entry: entry.initiative.code),
        _column("title", lambda entry: entry.initiative.title or ""),
        _column("change", lambda entry: entry.title),
        _column("reason", lambda entry: entry.body),
        _column("url", page_of),
        _column("id", lambda entry: entry.uid),
    ]


def _column(name: str, write: Callable) -> Column:
    """Nobody makes such a file by hand, so the stable name is enough."""
    return Column(name, name, write)
