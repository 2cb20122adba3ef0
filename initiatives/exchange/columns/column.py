"""What a column of a table is, and what it has from the field of a model that it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DateField, DateTimeField, Field

from initiatives.exchange.cell_parsers import of_field
from initiatives.exchange.columns.together import Rows, Together
from initiatives.fields import PartialDateField
from initiatives.fields.typed import measure_of
from initiatives.notation import Measure, exact_text
from initiatives.translatable import Translatable

Label = Translatable


@dataclass(frozen=True)
class Column:
    """`write` gives the cell of a row: of an initiative a `TableRow`.

    `read` gives the value that such a text stands for, or raises ValidationError with the cure;
    without it the column says in words what others say in codes, and is ignored in a file that
    comes in. `width` is that of the column in a spreadsheet, in characters. `measure` is what its
    numbers are, if it has numbers that are kept with so many decimals; `is_date` says that its
    values are dates, whole or partial. `label` is what people call it; a text in four languages
    has a column for each `language`, which stands behind the label then.
    """

    name: str
    label: Label
    write: Callable[[Any], str]
    width: int = 16
    read: Callable[[str], Any] | None = None
    measure: Measure | None = None
    is_date: bool = False
    language: str = ""

    def cells(self, rows: Rows) -> list[str]:
        """What `write` gives of each of these rows."""
        write = self.write
        return write.cells(rows) if isinstance(write, Together) else list(map(write, rows))

    def value(self, text: str) -> Any:
        """What `read` gives of a text, where the column is read at all."""
        assert self.read is not None, f"{self.name} is not read"
        return self.read(text)

    def __str__(self) -> str:
        return f"{self.label} ({self.language})" if self.language else str(self.label)


def column_of(
    field: Field,
    name: str,
    write: Callable[[Any], str],
    read: Callable[[str], Any] | None = None,
    *,
    width: int = 16,
    label: Label = "",
    language: str = "",
) -> Column:
    """A column with the values of `field`, called and read as that is unless `label` and `read`
    say otherwise."""
    is_day = isinstance(field, DateField) and not isinstance(field, DateTimeField)
    return Column(
        name,
        label or field.verbose_name,
        write,
        width,
        read or of_field(field),
        measure_of(field),
        is_day or isinstance(field, PartialDateField),
        language,
    )


def exact(number: str | None) -> str:
    """A number of the register as a cell has it; nothing for None."""
    if number is None:
        return ""
    # Two decimals, as nearly all have, cannot be read in two ways.
    return number if number[-3:-2] == "." else exact_text(Decimal(number))
