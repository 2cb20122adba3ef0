"""Columns that are only for files that come in."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.exchange.cell_parsers import listed, single_source, word
from initiatives.exchange.columns.column import Column, Label
from initiatives.text.plain_text import clean

REASON = "reason"  # why a row was not taken; it comes back with the mended file


def _incoming(name: str, label: Label, read: Callable[[str], Any] | None) -> Column:
    return Column(name, label, _empty, read=read)


def _in_languages(name: str, label: Label, read: Callable[[str], Any]) -> Iterator[Column]:
    for code in Language.values:
        yield Column(f"{name}_{code}", label, _empty, read=read, language=code)


def _empty(row: Any) -> str:
    return ""


INCOMING = {
    column.name: column
    for column in (
        _incoming("desk", _("desk"), word),
        _incoming("status_source", _("source of the status"), word),
        *_in_languages("status_reason", _("reason of the status"), str.strip),
        _incoming("status_decided_by", _("deciding side"), word),
        _incoming("moved_because", _("why a promised date moves"), str.strip),
        _incoming("cited_sources", _("cited sources"), listed(single_source)),
        *_in_languages("funding_notes", _("money (notes)"), listed(clean)),
        _incoming(REASON, _("why the row was not taken"), None),
    )
}
