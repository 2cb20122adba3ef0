"""The forms of what has an amount: the currency beside the digits and the chosen one agree."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.desk.forms.record import RecordForm
from initiatives.fields.number_forms import NumberFormField
from initiatives.notation import AMOUNT


class AmountsForm(forms.ModelForm):
    """The fields that hold amounts know the currency of the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self._amounts().values():
            field.widget.currency = self["currency"].value() or ""

    def _amounts(self) -> dict[str, NumberFormField]:
        if "currency" not in self.fields:
            return {}
        return {
            name: field
            for name, field in self.fields.items()
            if isinstance(field, NumberFormField) and field.measure == AMOUNT
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned = self.cleaned_data if cleaned is None else cleaned
        for name, field in self._amounts().items():
            typed = str(self[name].data or "")
            if name not in self.errors and "currency" not in self.errors and typed.strip():
                self._agree(name, typed, field.read(typed).currencies, cleaned)
        return cleaned

    def _agree(self, name: str, typed: str, said: tuple[str, ...], cleaned: dict) -> None:
        given = cleaned.get("currency")
        told = {"text": typed.strip()[:40], "said": ", ".join(said), "given": given}
        if said and given and given not in said:
            message = _("“%(text)s” says %(said)s, and the currency here is %(given)s.")
            self.add_error(name, ValidationError(message, code="currency", params=told))
        elif said and not given and len(said) > 1:
            message = _("“%(text)s” may be %(said)s. Give the currency.")
            self.add_error(name, ValidationError(message, code="currency", params=told))
        elif said and not given:
            cleaned["currency"] = said[0]


class FundingForm(AmountsForm, RecordForm):
    """A line of money by itself."""
