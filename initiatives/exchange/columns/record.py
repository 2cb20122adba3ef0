"""Columns of the record itself."""

from initiatives.choices import Language
from initiatives.exchange.columns.column import Column, Label, column_of
from initiatives.exchange.columns.together import Rows, Together, text_at
from initiatives.fields.typed import field_of
from initiatives.models import Initiative


def plain(name: str, width: int = 16) -> Column:
    """The field of this name, a text in the register."""
    field = field_of(Initiative, name)
    return column_of(field, name, text_at(f"record.{name}"), width=width)


def languages(name: str, width: int = 50) -> list[Column]:
    """A text in each language, `title_en`."""
    return [_in_language(name, language, width) for language in Language.values]


def label(name: str, called: Label, width: int = 16) -> Column:
    """What the choice of the field `name` is called in the reader's language."""
    values = text_at(f"record.{name}").cells

    def cells(rows: Rows) -> list[str]:
        return [row.names.label(name, value) for row, value in zip(rows, values(rows), strict=True)]

    return Column(f"{name}_label", called, Together(cells), width)


def _in_language(name: str, language: str, width: int) -> Column:
    column = f"{name}_{language}"
    return column_of(
        field_of(Initiative, column),
        column,
        text_at(f"record.{name}.{language}"),
        width=width,
        label=field_of(Initiative, name).verbose_name,
        language=language,
    )
