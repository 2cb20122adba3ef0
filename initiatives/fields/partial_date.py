"""A partial date as one column: first and last possible day, `2027-05-01/2027-05-31`.

That is an ISO 8601 interval. It sorts and compares as text, both ends can be asked for in a query
(`planned_end__last__lt=today`), and the precision follows from the two days.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from initiatives.fields.date_forms import PartialDateFormField
from initiatives.notation import DATE_FORMS
from initiatives.partial_dates import PartialDate

INVALID = _("“%(value)s” is not a date. Write %(forms)s.")


def _parse(value: str) -> PartialDate:
    try:
        return PartialDate.parse(value)
    except ValueError:
        params = {"value": value.strip()[:40], "forms": DATE_FORMS}
        raise ValidationError(INVALID, code="invalid", params=params) from None


class PartialDateField(models.CharField):
    """Holds a `PartialDate` or None (unknown)."""

    # For mypy: what a row has in such a field, which is another thing than a text.
    _pyi_private_set_type: PartialDate | Combinable | None  # type: ignore[assignment]  # the stubs say str
    _pyi_private_get_type: PartialDate | None  # type: ignore[assignment]  # the stubs say str
    _pyi_lookup_exact_type: PartialDate | str

    description = "A date known to the day, month, quarter, half-year or year"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"null": True, "blank": True, **kwargs, "max_length": 21})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        assert self.column is not None  # who has none is in no table
        column = connection.ops.quote_name(self.column)
        shape = "____-__-__/____-__-__"
        return f"{column} LIKE '{shape}' AND substr({column}, 1, 10) <= substr({column}, 12, 10)"

    def to_python(self, value: object) -> PartialDate | None:
        if value is None or value == "":
            return None
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return PartialDate(value)
        return _parse(str(value))

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> PartialDate | None:
        if value is None:
            return None
        first, last = value.split("/")
        return PartialDate.from_span(date.fromisoformat(first), date.fromisoformat(last))

    def get_prep_value(self, value: object) -> str | None:
        parsed = self.to_python(value)
        return None if parsed is None else f"{parsed.first:%Y-%m-%d}/{parsed.last:%Y-%m-%d}"

    def value_to_string(self, obj: models.Model) -> str | None:  # type: ignore[override]  # as Django allows
        value = self.value_from_object(obj)
        return None if value is None else str(self.to_python(value))

    def run_validators(self, value: object) -> None:
        if value is not None:
            super().run_validators(str(value))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(self, **{"form_class": PartialDateFormField, **kwargs})


class _Day(models.CharField):
    """One end of the span; compared with dates."""

    def get_prep_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else super().get_prep_value(value)

    def from_db_value(
        self, value: str | None, expression: object, connection: BaseDatabaseWrapper
    ) -> date | None:
        return None if value is None else date.fromisoformat(value)


class _End(models.Transform):
    output_field = _Day()


@PartialDateField.register_lookup
class First(_End):
    """The first possible day, in queries."""

    lookup_name = "first"
    template = "SUBSTR(%(expressions)s, 1, 10)"


@PartialDateField.register_lookup
class Last(_End):
    """The last possible day, in queries."""

    lookup_name = "last"
    template = "SUBSTR(%(expressions)s, 12, 10)"
