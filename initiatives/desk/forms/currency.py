"""The choice of a currency: a list with names that is searched, and no free text."""

from collections.abc import Iterable
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from initiatives.notation import NotRead, currency_choices, read_currency


class CurrencySelect(forms.Select):
    """A plain list, in which a script (static/admin_desk/currency_search.js) lets officers search.

    A currency that is stored and no longer in use is among the options.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Iterable[Any] = ()) -> None:
        super().__init__({"class": "desk-currency", **(attrs or {})}, choices)

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, str] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        known = {code for code, _label in self.choices}
        stored = [code for code in map(str, value) if code not in known]
        own = self.choices
        self.choices = [*own, *((code, code) for code in stored)]
        try:
            return super().optgroups(name, value, attrs)
        finally:
            self.choices = own


class CurrencyField(forms.ChoiceField):
    """A code of ISO 4217; what names a currency in another way is understood too."""

    widget = CurrencySelect

    def __init__(
        self, *, max_length: int | None = None, empty_value: str = "", **kwargs: Any
    ) -> None:
        super().__init__(choices=_choices, **kwargs)

    def to_python(self, value: Any) -> str:
        try:
            return read_currency(str(value or ""))
        except NotRead as refusal:
            raise ValidationError(refusal.message, code="invalid_choice") from None

    def valid_value(self, value: str) -> bool:
        return value in list_currencies()


def _choices() -> list[tuple[str, str]]:
    return [("", "–"), *currency_choices(get_language() or "en")]
