"""Which fields of a model hold numbers that people type, and of what kind they are."""

from django.db.models import DecimalField, Field

from initiatives.fields.money import MoneyField
from initiatives.notation import AMOUNT, PERCENT, RATE, Measure


def measure_of(field: Field) -> Measure | None:
    """What the numbers of `field` are; None if it has none that are kept with decimals."""
    if isinstance(field, MoneyField):
        return AMOUNT
    if isinstance(field, DecimalField):
        return PERCENT if field.decimal_places == PERCENT.places else RATE
    return None
