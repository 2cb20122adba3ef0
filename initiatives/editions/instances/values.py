"""Instances of the models from parts of a public record, whose fields have the same names."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

import msgspec
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import Query

from initiatives import fields
from initiatives.editions.facts import span
from initiatives.editions.record import Part, Text
from initiatives.models.record import hung_at

Reader = Callable[[Any], Any]


class _Read(NamedTuple):
    """`columns` are those of a text with its languages; `read` makes a value of the model of a
    stored one, None where that is the same."""

    name: str
    columns: tuple[tuple[str, str], ...]
    read: Reader | None


def values_of(
    model: type[Model], part: Part, *names: str, without: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Column → value for the fields `names` of `part`, or for all but those `without`.

    A text has four columns.
    """
    values = {}
    for name, columns, read in _reading(model, type(part), names, without):
        value = getattr(part, name)
        if columns:
            for column, language in columns:
                values[column] = getattr(value, language)
        else:
            values[name] = value if read is None or value is None else read(value)
    return values


@cache
def _reading(
    model: type[Model], part: type[Part], names: tuple[str, ...], without: tuple[str, ...]
) -> list[_Read]:
    found = []
    for field in msgspec.structs.fields(part):
        if field.name in without or (names and field.name not in names):
            continue
        is_text = field.type is Text
        columns = _columns(field.name) if is_text else ()
        read = (
            None if is_text else _reader(cast("Field[Any, Any]", model._meta.get_field(field.name)))
        )
        found.append(_Read(field.name, columns, read))
    return found


def text_of(name: str, text: Text) -> dict[str, str]:
    """The columns of the text `name`."""
    return {column: getattr(text, language) for column, language in _columns(name)}


@cache
def _columns(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}_{language}", language) for language in Text.__struct_fields__)


def _reader(field: "Field[Any, Any]") -> Reader | None:
    """None where the stored value is that of the model."""
    if isinstance(field, fields.PartialDateField):
        return span
    return _READ.get(field.get_internal_type(), field.to_python)


_READ: dict[str, Reader | None] = {
    **dict.fromkeys(("CharField", "TextField", "SlugField"), None),
    **dict.fromkeys(("BooleanField", "PositiveIntegerField", "PositiveSmallIntegerField"), None),
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
}


class Parts(QuerySet[Any]):
    """What a relation of an instance leads to, made when somebody looks at it first: most pages
    show few of the parts of a record. What these name is asked for then, by key, once."""

    _make: Callable[[], list[Any]] | None = None
    _made: list[Any] | None = None

    @property
    def _result_cache(self) -> list[Any] | None:
        if self._made is None and self._make is not None:
            self._made = self._make()
        return self._made

    @_result_cache.setter
    def _result_cache(self, rows: list[Any] | None) -> None:
        self._made = rows

    @property
    def made(self) -> list[Any]:
        """The rows if somebody has looked at them, else none."""
        return self._made or []


def hang(row: Model, name: str, make: Callable[[], list[Any]]) -> Parts:
    """Put what `make()` will give where prefetching puts the rows of the relation `name`."""
    model, none = _no_rows(type(row), name)
    # Not of its manager: django-modeltranslation would build a class for each.
    rows = Parts(model, query=none)
    rows._make = make
    hung_at(row)[name] = rows
    return rows


@cache
def _no_rows(model: type[Model], name: str) -> tuple[type[Model], Query]:
    related = cast(type[Model], model._meta.get_field(name).related_model)
    return related, QuerySet(related).none().query
