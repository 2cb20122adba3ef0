"""Values as the histories write them: text that means the same in every language and after years.

A reference is the natural key of its row, a partial date its short form, money its digits.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import DecimalField, Field, Model

KEY_SIGN = "/"


class Keyed(Protocol):
    """A row with a natural key: ours have one, and so has an account."""

    def natural_key(self) -> tuple[Any, ...]: ...


class _FoundByKey(Protocol):
    def get_by_natural_key(self, *key: str) -> Model: ...


def text_of(row: Model, name: str) -> str | None:
    """The value of the field `name` of `row` as text; None where it is empty."""
    return text_in(row, cast("Field[Any, Any]", row._meta.get_field(name)))


def text_in(row: Model, field: "Field[Any, Any]") -> str | None:
    """`text_of` for who has the field itself."""
    value = field.value_from_object(row)
    if value is None or value == "":
        return None
    if isinstance(field, DecimalField):
        # 40 that was typed is the 40.00 that the database gives back.
        return str(field.to_python(value).quantize(Decimal(1).scaleb(-field.decimal_places)))
    return key_of(getattr(row, field.name)) if field.is_relation else field.value_to_string(row)


def key_of(row: Keyed) -> str:
    """The natural key in one text."""
    return KEY_SIGN.join(map(str, row.natural_key()))


def key_in(model: type[Model], text: str) -> tuple[str, ...]:
    """The natural key of `model` that `key_of` wrote."""
    is_one = len(getattr(model, "natural_fields", ())) < 2
    return (text,) if is_one else tuple(text.split(KEY_SIGN))


def row_of(model: type[Model], text: str) -> Model | None:
    """The row of `model` whose natural key `key_of` wrote, or None if there is none by now."""
    try:
        return cast(_FoundByKey, model._default_manager).get_by_natural_key(*key_in(model, text))
    except (ObjectDoesNotExist, TypeError, ValueError):
        return None


def put_text(
    row: Model,
    name: str,
    text: str | None,
    *,
    find: Callable[[type[Model], str], Model | None] = row_of,
) -> bool:
    """Give the field `name` of `row` the value that `text` stands for.

    `find` looks rows up by their natural keys; who puts many texts has them at hand already.

    False, and nothing changes, where the row that it names is there no more. Raises ValidationError
    where the text is no value of the field.
    """
    field = cast("Field[Any, Any]", row._meta.get_field(name))
    if not field.is_relation:
        empty = None if field.null else ""
        setattr(row, name, empty if text is None else field.to_python(text))
        return True
    target = None if text is None else find(cast(type[Model], field.related_model), text)
    if target is None and text is not None:
        return False
    setattr(row, name, target)
    return True
