"""Columns of the lines of a record, which run side by side: of its money and of its budgets."""

from collections.abc import Callable
from operator import attrgetter

from django.db.models import Field

from initiatives.exchange.cell_parsers import listed, of_field
from initiatives.exchange.cells import escaped, join
from initiatives.exchange.columns.column import Column, Label, column_of, exact
from initiatives.exchange.table_row import TableRow
from initiatives.fields.typed import measure_of
from initiatives.models import Budget, Funding


def of_money(name: str, field: str, label: Label, read: Callable | None = None) -> Column:
    """A field of `Funding`; what it points to is told by its natural key."""
    return _of_lines("funding", Funding._meta.get_field(field), name, label, read)


def of_budgets(name: str, field: str, label: Label, read: Callable | None = None) -> Column:
    """A field of `Budget`."""
    return _of_lines("budgets", Budget._meta.get_field(field), name, label, read)


def optional(model: type, name: str) -> Callable:
    """None for an empty text, which what is looked at together refuses in its own words."""
    read = of_field(model._meta.get_field(name))
    return lambda text: read(text) if text.strip() else None


def _of_lines(lines: str, field: Field, name: str, label: Label, read: Callable | None) -> Column:
    lines_of, value_of = attrgetter(f"record.{lines}"), attrgetter(field.name)
    in_cell = exact if measure_of(field) else _text

    def write(row: TableRow) -> str:
        if not (found := lines_of(row)):
            return ""
        if len(found) == 1:  # as most records have
            return escaped(in_cell(value_of(found[0])))
        return join([in_cell(value_of(line)) for line in found])

    return column_of(field, name, write, listed(read or of_field(field)), label=label)


def _text(value: str | int | None) -> str:
    return value if type(value) is str else "" if value is None else str(value)
