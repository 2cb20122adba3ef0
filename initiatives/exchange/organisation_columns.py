"""The columns of the index of organisations, for CSV: one row for each organisation.

Money is told as `type currency amount`, several joined as lists are: `disbursement USD 4.50`. Of a
sum with ranges both ends stand there, `4–5`; what is undisclosed is counted, `pledge EUR ?×2`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from initiatives.choices import Language
from initiatives.editions.index.organisations import OwnFigures
from initiatives.exchange.cells import join
from initiatives.exchange.columns import Column
from initiatives.lifecycle import Status
from initiatives.models import Organisation
from initiatives.notation import exact_text
from initiatives.totals import Total


class OrganisationRow(NamedTuple):
    """`address` is the absolute one of its page."""

    organisation: Organisation
    figures: OwnFigures
    address: str


def columns() -> list[Column]:
    """In their order. Codes and names are those of today."""
    names = [f"name_{code}" for code in Language.values]
    return [
        *_own("slug", *names, "acronym", "kind"),
        _column("country", lambda row: getattr(row.organisation.country, "iso2", "")),
        *_own("iati_id"),
        *_numbers("initiatives", "late", "role_in", "pays_in"),
        _column("pays", lambda row: _money(row.figures.pays)),
        *_numbers("gets_in"),
        _column("gets", lambda row: _money(row.figures.gets)),
        *(_status(status) for status in Status),
        *_numbers("events"),
        _column("url", lambda row: row.address),
    ]


def _own(*names: str) -> list[Column]:
    return [_column(name, partial(_text_of, name)) for name in names]


def _numbers(*names: str) -> list[Column]:
    return [_column(name, partial(_number_of, name)) for name in names]


def _text_of(name: str, row: OrganisationRow) -> str:
    return getattr(row.organisation, name) or ""


def _number_of(name: str, row: OrganisationRow) -> str:
    return str(getattr(row.figures, name))


def _status(status: Status) -> Column:
    return _column(status.value, lambda row: str(row.figures.statuses.get(status, 0)))


def _money(totals: Sequence[Total]) -> str:
    return join(part for total in totals for part in _parts(total))


def _parts(total: Total) -> Iterable[str]:
    head = f"{total.type.value} {total.currency}".strip()
    if total.rows:
        ends = dict.fromkeys((exact_text(total.low), exact_text(total.high)))
        yield f"{head} {'–'.join(ends)}"
    if total.undisclosed:
        yield f"{head} ?×{total.undisclosed}"


def _column(name: str, write: Callable[[Any], str]) -> Column:
    """Nobody makes such a file by hand, so the stable name is enough."""
    return Column(name, name, write)
