"""The sheets of the spreadsheet for reading, in their order; the last one tells of the others."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from initiatives.choices import SourceKind
from initiatives.editions.facts import span
from initiatives.editions.parts import Citation, Claim
from initiatives.editions.record import InitiativeRecord
from initiatives.exchange.columns.column import Label
from initiatives.exchange.workbook.cells import LinkCell
from initiatives.exchange.workbook.column import SheetColumn, SheetDefinition, choice
from initiatives.exchange.workbook.initiative_columns import COLUMNS, SHARED
from initiatives.exchange.workbook.part_columns import HISTORY, MILESTONES, MONEY, MOVED
from initiatives.exchange.workbook.records import Told

READ_ME = _("Read me")


class Cited(NamedTuple):
    """A place in a source and the claim that it shows: on which sheet, and its number there."""

    sheet: Label
    number: int | None
    citation: Citation


def _cited(told: Told) -> Iterator[Cited]:
    record = told.record
    yield from _of(_INITIATIVES, None, record)
    for sheet, parts in _CLAIMS.items():
        for part in getattr(record, parts):
            yield from _of(sheet, part.number, part)
            rate = getattr(part, "usd_rate_source", None)
            if rate is not None:
                yield Cited(sheet, part.number, rate)


def _of(sheet: Label, number: int | None, claim: Claim) -> Iterator[Cited]:
    return (Cited(sheet, number, citation) for citation in claim.sources)


_INITIATIVES, _MONEY, _MILESTONES = _("Initiatives"), _("Money"), _("Milestones")
_MOVED, _HISTORY, _SOURCES = _("Moved dates"), _("History"), _("Sources")
_CLAIMS: dict[Label, str] = {
    _MONEY: "funding",
    _MILESTONES: "milestones",
    _MOVED: "moved_dates",
    _HISTORY: "history",
}
_SOURCE_COLUMNS = (
    SheetColumn(
        _("sheet"),
        _("The sheet with the claim that the source supports."),
        lambda told, cited: str(cited.sheet),
    ),
    SheetColumn(
        _("number"),
        _("Number of the claim on that sheet; empty for the initiative itself."),
        lambda told, cited: cited.number,
        10,
    ),
    SheetColumn(
        _("source"),
        _("Title, in the language of the source."),
        lambda told, cited: cited.citation.title,
        50,
    ),
    SheetColumn(
        _("publisher"),
        _("Who published it."),
        lambda told, cited: cited.citation.publisher,
        24,
    ),
    SheetColumn(
        _("kind"),
        _("Kind of source."),
        lambda told, cited: choice(SourceKind, cited.citation.kind),
    ),
    SheetColumn(
        _("published"),
        _("When it was published."),
        lambda told, cited: span(cited.citation.published),
    ),
    SheetColumn(
        _("place in the source"),
        _("Where in the source the claim is found."),
        lambda told, cited: cited.citation.locator,
        20,
    ),
    SheetColumn(
        _("words of the source"),
        _("The words of the source that carry the claim, in its language."),
        lambda told, cited: cited.citation.quote,
        50,
    ),
    SheetColumn(
        _("address"),
        _("Where the source can be read."),
        lambda told, cited: _link(cited.citation.url),
        40,
    ),
    SheetColumn(
        _("archived copy"),
        _("A copy that was kept, in case the source no longer exists."),
        lambda told, cited: _link(cited.citation.archived_url),
        40,
    ),
)


def _link(address: str) -> LinkCell | None:
    return LinkCell(address, address) if address else None


def _whole(told: Told) -> tuple[InitiativeRecord]:
    return (told.record,)


SHEETS = (
    SheetDefinition(_INITIATIVES, COLUMNS, _whole),
    SheetDefinition(_MONEY, (*SHARED, *MONEY), lambda told: told.record.funding),
    SheetDefinition(_MILESTONES, (*SHARED, *MILESTONES), lambda told: told.record.milestones),
    SheetDefinition(_MOVED, (*SHARED, *MOVED), lambda told: told.record.moved_dates),
    SheetDefinition(_HISTORY, (*SHARED, *HISTORY), lambda told: told.record.history),
    SheetDefinition(_SOURCES, (*SHARED, *_SOURCE_COLUMNS), _cited),
)
