"""The columns of what changed, for CSV and for objects: one row for each entry of a timeline.

Dates are in their text form, instants in UTC, words in the reader's language.
"""

from collections.abc import Callable

from initiatives.exchange.cells import instant
from initiatives.exchange.columns import Column


def columns_of(page_of: Callable) -> list[Column]:
    """`page_of` gives the absolute address of the place at which an entry is shown."""
    return [
        Column("known_since", lambda entry: instant(entry.at)),
        Column("on", lambda entry: str(entry.on or "")),
        Column("kind", lambda entry: str(entry.kind)),
        Column("code", lambda entry: entry.initiative.code),
        Column("title", lambda entry: entry.initiative.title or ""),
        Column("change", lambda entry: entry.title),
        Column("reason", lambda entry: entry.body),
        Column("url", page_of),
        Column("id", lambda entry: entry.uid),
    ]
