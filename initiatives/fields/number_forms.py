"""Boxes for amounts, percentages and rates: what is typed is read by `notation`."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from initiatives.fields.understood import Understood
from initiatives.notation import (
    AMOUNT,
    PERCENT,
    RATE,
    Measure,
    NotRead,
    Number,
    exact_text,
    grouped,
    read_number,
    with_currency,
)

_NAMES = {AMOUNT: "amount", PERCENT: "percent", RATE: "rate"}
MEASURES = {name: measure for measure, name in _NAMES.items()}


def words_of_number(text: str, kind: str, currency: str = "") -> str:
    """How `text` is understood, in groups and with its currency. Raises NotRead."""
    number = read_number(text, MEASURES[kind])
    language = get_language() or "en"
    digits = grouped(number.value, language)
    if kind == "percent":
        words = f"{digits} %"
    else:
        said = number.currencies[0] if len(number.currencies) == 1 else ""
        words = with_currency(digits, currency or said, language)
    return f"{words}. {number.note}" if number.note else words


class NumberInput(Understood, forms.TextInput):
    """A text box: a box of type number drops what its browser cannot read, and turns with the
    wheel of the mouse."""

    words = staticmethod(words_of_number)

    def __init__(self, attrs: dict[str, Any] | None = None, measure: Measure = AMOUNT) -> None:
        super().__init__({"inputmode": "decimal", "size": 24, **(attrs or {})})
        self.kind = _NAMES[measure]


class NumberFormField(forms.Field):
    """`measure` says what is kept; the value is a Decimal."""

    widget = NumberInput

    def __init__(
        self,
        *,
        measure: Measure = AMOUNT,
        max_digits: int | None = None,
        decimal_places: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.measure = measure
        widget = kwargs.get("widget")
        if not isinstance(widget, NumberInput):
            kwargs["widget"] = NumberInput(measure=measure)
        super().__init__(**kwargs)

    def to_python(self, value: object) -> Decimal | None:
        if isinstance(value, Decimal):
            return value
        text = "" if value is None else str(value)
        return self.read(text).value if text.strip() else None

    def read(self, text: str) -> Number:
        """The `notation.Number` that was typed. Raises ValidationError."""
        try:
            return read_number(text, self.measure)
        except NotRead as refusal:
            raise ValidationError(refusal.message, code="invalid") from None

    def prepare_value(self, value: object) -> object:
        return exact_text(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
