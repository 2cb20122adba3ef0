"""Columns that are only for files that come in."""

from collections.abc import Callable
from typing import Any

from initiatives.choices import Language
from initiatives.exchange.cell_parsers import listed, single_source, word
from initiatives.exchange.columns.column import Column
from initiatives.plain_text import clean

REASON = "reason"  # why a row was not taken; it comes back with the mended file


def _incoming(name: str, read: Callable[[str], Any] | None) -> Column:
    return Column(name, lambda row: "", read=read)


INCOMING = {
    column.name: column
    for column in (
        _incoming("desk", word),
        _incoming("status_source", word),
        *(_incoming(f"status_reason_{language}", str.strip) for language in Language.values),
        _incoming("status_decided_by", word),
        _incoming("moved_because", str.strip),
        _incoming("cited_sources", listed(single_source)),
        *(_incoming(f"funding_notes_{language}", listed(clean)) for language in Language.values),
        _incoming(REASON, None),
    )
}
