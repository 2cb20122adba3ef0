"""Dates in lists and beside fields stand in the officer's language, as they do for the public."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db.models import Model

from initiatives.fields import PartialDateField
from initiatives.timeline import date_in_words

if TYPE_CHECKING:
    from django.db.models import Field


def in_words(model: type[Model], column: Any) -> Any:
    """`column` of a list of `model`; where it is a date, one that shows it in words instead."""
    names = {field.name for field in model._meta.fields if isinstance(field, PartialDateField)}
    return _date_column(model, column) if column in names else column


@cache  # Django sorts by a column only if it is the very one that it asked for before
def _date_column(model: type[Model], name: str) -> Callable[[Any], str | None]:
    label = cast("Field[Any, Any]", model._meta.get_field(name)).verbose_name

    @admin.display(description=label, ordering=name)
    def column(row: Any) -> str | None:
        day = getattr(row, name)
        return date_in_words(day) if day else None

    column.__name__ = name  # the class of its cells
    return column
