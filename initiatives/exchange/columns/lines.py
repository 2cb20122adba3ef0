"""Columns of the lines of a record, which run side by side: of its money and of its budgets."""

from collections.abc import Callable
from operator import attrgetter

from django.db.models import Field, Model

from initiatives.exchange.cell_parsers import listed, of_field
from initiatives.exchange.columns.column import Column, Label, column_of, exact
from initiatives.exchange.columns.together import Lists, Rows, Together
from initiatives.fields.typed import field_of, measure_of
from initiatives.models import Budget, Funding


def of_money(name: str, field: str, label: Label, read: Callable | None = None) -> Column:
    """A field of `Funding`; what it points to is told by its natural key."""
    return _of_lines("funding", field_of(Funding, field), name, label, read)


def of_budgets(name: str, field: str, label: Label, read: Callable | None = None) -> Column:
    """A field of `Budget`."""
    return _of_lines("budgets", field_of(Budget, field), name, label, read)


def optional(model: type[Model], name: str) -> Callable:
    """None for an empty text, which what is looked at together refuses in its own words."""
    read = of_field(field_of(model, name))
    return lambda text: read(text) if text.strip() else None


def _of_lines(lines: str, field: Field, name: str, label: Label, read: Callable | None) -> Column:
    all_lines, value_of = _LINES[lines], attrgetter(field.name)
    in_cell = exact if measure_of(field) else _text

    def cells(rows: Rows) -> list[str]:
        found = rows.found(all_lines)
        return found.joined([in_cell(value) for value in map(value_of, found.values)])

    return column_of(field, name, Together(cells), listed(read or of_field(field)), label=label)


def _lines_at(name: str) -> Callable[[Rows], Lists]:
    lines_of = attrgetter(f"record.{name}")
    return lambda rows: Lists.of(list(map(lines_of, rows)))


_LINES = {name: _lines_at(name) for name in ("funding", "budgets")}


def _text(value: str | int | None) -> str:
    return value if type(value) is str else "" if value is None else str(value)
