"""What a column of a table is, and what it has from the field of a model that it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db.models import DateField, DateTimeField, Field

from initiatives.exchange.cell_parsers import of_field
from initiatives.exchange.table_row import TableRow
from initiatives.fields import PartialDateField
from initiatives.fields.typed import measure_of
from initiatives.notation import Measure, exact_text


@dataclass(frozen=True)
class Column:
    """`write` gives the cell of a row: of an initiative a `TableRow`.

    `read` gives the value that such a text stands for, or raises ValidationError with the cure;
    without it the column says in words what others say in codes, and is ignored in a file that
    comes in. `width` is that of the column in a spreadsheet, in characters. `measure` is what its
    numbers are, if it has numbers that are kept with so many decimals; `is_date` says that its
    values are dates, whole or partial.
    """

    name: str
    write: Callable[[Any], str]
    width: int = 16
    read: Callable[[str], Any] | None = None
    measure: Measure | None = None
    is_date: bool = False


def column_of(
    field: Field,
    name: str,
    write: Callable[[TableRow], str],
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


def text_at(path: str) -> Callable[[Any], str]:
    """What gives the text at a dotted path, nothing for None."""
    value_of = attrgetter(path)
    return lambda row: value_of(row) or ""


def exact(number: str | None) -> str:
    """A number of the register as a cell has it; nothing for None."""
    return "" if number is None else exact_text(Decimal(number))
