"""Boxes for dates: what is typed is read by `notation`."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.fields.understood import Understood
from initiatives.notation import DATE_FORMS, NotRead, date_in_words, read_date
from initiatives.partial_dates import PartialDate

Day = TypeVar("Day", PartialDate, date)
LONGEST = 80  # characters


def words_of_date(text: str, kind: str = "date", currency: str = "") -> str:
    """How `text` is understood. Raises NotRead."""
    return date_in_words(read_date(text))


def exact_day(text: str) -> date:
    """The day that `text` means. Raises NotRead, also for a month or a year."""
    found = read_date(text)
    if not found.is_exact:
        message = _("“%(text)s” is no exact day. Write it as 2027-05-14.")
        raise NotRead(message % {"text": text.strip()[:40]})
    return found.first


class PartialDateInput(Understood, forms.TextInput):
    """A text box that says which forms it takes."""

    kind = "date"
    words = staticmethod(words_of_date)

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"size": 16, "autocomplete": "off", "placeholder": "2027-05", **(attrs or {})}
        )


class PartialDateFormField(forms.CharField):
    widget = PartialDateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", DATE_FORMS)
        super().__init__(**{**kwargs, "max_length": LONGEST})

    def to_python(self, value: object) -> PartialDate | None:  # type: ignore[override]  # its value is no text
        text = value if isinstance(value, PartialDate) else super().to_python(value)
        return _read(text, read_date) if isinstance(text, str) and text else text or None

    def prepare_value(self, value: object) -> str:
        return "" if value is None else str(value)

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def run_validators(self, value: object) -> None:
        if value is not None:
            super().run_validators(str(value))


class DayFormField(forms.DateField):
    """An exact day. Django alone would take 03/04/2025 for one of its two readings."""

    def to_python(self, value: str | date | None) -> date | None:
        if isinstance(value, str) and value.strip():
            return _read(value, exact_day)
        return super().to_python(value)


class MomentFormField(forms.SplitDateTimeField):
    """A day and a time of the day in two boxes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        _day, time = self.fields
        self.fields = (DayFormField(required=False), time)


def _read(text: str, read: Callable[[str], Day]) -> Day:
    try:
        return read(text)
    except NotRead as refusal:
        raise ValidationError(refusal.message, code="invalid") from None
