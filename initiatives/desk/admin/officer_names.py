"""Officers in lists are called by their names; who has none, by what they sign in with."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db.models import Model

from initiatives.timeline.names import name_of

if TYPE_CHECKING:
    from django.db.models import Field


def officer_column(model: type[Model], field: str) -> Callable[[Any, Any], str | None]:
    """A column of a list: who `field` of the row points to; the list is sorted by it as before."""

    label = cast("Field[Any, Any]", model._meta.get_field(field)).verbose_name

    @admin.display(description=label, ordering=field)
    def column(_admin: Any, row: Any) -> str | None:
        user = getattr(row, field)
        return name_of(user) if user else None

    return column
