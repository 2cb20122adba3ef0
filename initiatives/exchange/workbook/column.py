"""What a column and a sheet of the spreadsheet for reading are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import get_language

from initiatives.exchange.columns import COLUMNS
from initiatives.exchange.columns.column import Label
from initiatives.exchange.workbook.cells import Cell
from initiatives.exchange.workbook.records import Told


@dataclass(frozen=True)
class SheetColumn:
    """`value` gives the cell of a record and of the part of it that the row tells; `label` is what
    the column is called, `meaning` what stands in it. `width` is in characters."""

    label: Label
    meaning: Label
    value: Callable[[Told, Any], Cell]
    width: int = 16

    @property
    def title(self) -> str:
        return capfirst(str(self.label))


@dataclass(frozen=True)
class SheetDefinition:
    """`parts` gives the parts of a record of which each has a row."""

    name: Label
    columns: tuple[SheetColumn, ...]
    parts: Callable[[Told], Iterable[Any]]


def label_of(name: str) -> Label:
    """What the column of the technical file is called."""
    return COLUMNS[name].label


def choice(choices: type[TextChoices], value: str) -> str:
    """What a value is called; one that is known no more goes by its code."""
    return _labels(choices, get_language()).get(value, value)


@cache
def _labels(choices: type[TextChoices], language: str) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}
