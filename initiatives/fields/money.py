"""Amounts of money, exact on both databases."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from initiatives.fields.number_forms import NumberFormField
from initiatives.notation import AMOUNT

SCALE = AMOUNT.places  # ISO 4217: no currency in use for payments has more than three decimals
LIMIT = AMOUNT.limit
_DIGITS = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?")


class MoneyField(models.BigIntegerField):
    """A decimal amount in the units of its currency, with up to three decimals.

    It is stored in thousandths as an integer: SQLite keeps Django's DecimalField as a float and
    loses digits after the fifteenth, and sums of integers are exact on both databases. Amounts
    of 9 quadrillion and more are refused.
    """

    # For mypy: what a row has in such a field, which is no integer.
    _pyi_private_set_type: Decimal | int | Combinable  # type: ignore[assignment]  # the stubs say int
    _pyi_private_get_type: Decimal  # type: ignore[assignment]  # the stubs say int
    _pyi_lookup_exact_type: Decimal | int  # type: ignore[assignment]  # the stubs say int

    default_error_messages = {
        "invalid": _("“%(value)s” is not an amount. Write digits, for example 5000000.50."),
        "decimals": _("“%(value)s” has more than three decimals."),
        "limit": _("“%(value)s” is too large; amounts go up to 9 000 000 000 000 000."),
    }

    def to_python(self, value: object) -> Decimal | None:
        if value is None or value == "":
            return None
        amount = self._stored(value)
        if abs(amount) >= LIMIT:
            raise self._error("limit", value)
        if amount != round(amount, SCALE):
            raise self._error("decimals", value)
        return plain(amount)

    def _stored(self, value: object) -> Decimal:
        """What people type is read by `notation`; here stands only what that gives, or a file
        of fixtures, or a history."""
        if not isinstance(value, Decimal | int) and not _DIGITS.fullmatch(str(value)):
            raise self._error("invalid", value)
        amount = Decimal(str(value))
        if not amount.is_finite():
            raise self._error("invalid", value)
        return amount

    def _error(self, code: str, value: object) -> ValidationError:
        return ValidationError(
            self.error_messages[code], code=code, params={"value": str(value)[:40]}
        )

    def get_prep_value(self, value: object) -> int | None:
        amount = self.to_python(value)
        return None if amount is None else int(amount.scaleb(SCALE))

    def from_db_value(
        self, value: int | None, expression: object, connection: BaseDatabaseWrapper
    ) -> Decimal | None:
        return None if value is None else plain(Decimal(value).scaleb(-SCALE))

    def value_to_string(self, obj: models.Model) -> str | None:  # type: ignore[override]  # as Django allows
        value = self.to_python(self.value_from_object(obj))
        return None if value is None else str(value)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(
            self, **{"form_class": NumberFormField, **kwargs, "measure": AMOUNT}
        )

    @property
    def validators(self) -> list[Callable[[Any], None]]:
        # BigIntegerField would compare with the range of the stored integer; to_python has
        # already compared with the range of the amount.
        return list(self._validators)  # type: ignore[attr-defined]  # not in the stubs


def plain(amount: Decimal) -> Decimal:
    """`amount` with two decimals, or three where it needs them."""
    cents = amount.quantize(Decimal("0.01"))
    return cents if cents == amount else amount.quantize(Decimal("0.001"))
