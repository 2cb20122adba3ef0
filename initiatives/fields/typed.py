"""Which fields of a model hold numbers that people type, and of what kind they are."""

from typing import Any

from django.db.models import DecimalField, Field, Model

from initiatives.fields.money import MoneyField
from initiatives.notation import AMOUNT, PERCENT, RATE, Measure


def measure_of(field: Field) -> Measure | None:
    """What the numbers of `field` are; None if it has none that are kept with decimals."""
    if isinstance(field, MoneyField):
        return AMOUNT
    if isinstance(field, DecimalField):
        return PERCENT if field.decimal_places == PERCENT.places else RATE
    return None


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """The field `name` of its own. Raises TypeError for a relation that another model has to it."""
    found = model._meta.get_field(name)
    if not isinstance(found, Field):
        raise TypeError(f"{model.__name__}.{name} is a relation from elsewhere.")
    return found
