"""What a column of a table is, and what it has from the field of a model that it shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DateField, DateTimeField, Field

from initiatives.exchange.cell_parsers import of_field
from initiatives.fields import PartialDateField
from initiatives.fields.typed import measure_of
from initiatives.models import Initiative
from initiatives.notation import Measure, exact_text


@dataclass(frozen=True)
class Column:
    """`write` gives the cell of an initiative that was fetched by `exchange.rows.fetched`.

    `read` gives the value that such a text stands for, or raises ValidationError with the cure;
    without it the column says in words what others say in codes, and is ignored in a file that
    comes in. `width` is that of the column in a spreadsheet, in characters. `measure` is what its
    numbers are, if it has numbers that are kept with so many decimals; `is_date` says that its
    values are dates, whole or partial.
    """

    name: str
    write: Callable[[Initiative], str]
    width: int = 16
    read: Callable[[str], Any] | None = None
    measure: Measure | None = None
    is_date: bool = False


def column_of(
    field: Field,
    name: str,
    write: Callable[[Initiative], str],
    read: Callable[[str], Any] | None = None,
    *,
    width: int = 16,
) -> Column:
    """A column with the values of `field`, read as that reads them unless `read` does."""
    is_day = isinstance(field, DateField) and not isinstance(field, DateTimeField)
    return Column(
        name,
        write,
        width,
        read or of_field(field),
        measure_of(field),
        is_day or isinstance(field, PartialDateField),
    )


def text_of(value) -> str:
    """A value as a cell has it; nothing for None."""
    if isinstance(value, Decimal):
        return exact_text(value)
    return "" if value is None else str(value)


def parts_of(row: Initiative, relation: str) -> Sequence[Any]:
    """What hangs at a record as `relation`. Django would make a manager for each look at it."""
    hung = row.__dict__.get("_prefetched_objects_cache", {}).get(relation)
    found = None if hung is None else hung._result_cache
    return list(getattr(row, relation).all()) if found is None else found
