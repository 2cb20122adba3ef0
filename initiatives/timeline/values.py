"""Values that histories keep as text, in words of the reader."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Field
from django.utils.dateparse import parse_datetime, parse_time
from django.utils.formats import date_format, time_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from initiatives.fields import ChoiceSetField, MoneyField, PartialDateField
from initiatives.notation import date_in_words
from initiatives.partial_dates import PartialDate
from initiatives.timeline.words import number_in_words


def value_in_words(field: "Field[Any, Any]", text: str) -> str:
    """What `text` means as a value of `field`, which is no relation.

    What is no value of the field, as a history may hold from earlier days, is given as it is.
    """
    if field.choices:
        labels = {str(value): str(label) for value, label in field.flatchoices}
        return labels.get(text, text)
    if isinstance(field, ChoiceSetField):
        return field.in_words(text)
    for kind, say in _SAYS:
        if isinstance(field, kind):
            try:
                return say(text)
            except (ValueError, InvalidOperation, ValidationError):
                return text
    return text


def _instant(text: str) -> str:
    at = parse_datetime(text)
    if at is None:
        return text
    return date_format(localtime(at) if is_aware(at) else at, "SHORT_DATETIME_FORMAT")


def _time(text: str) -> str:
    at = parse_time(text)
    return text if at is None else time_format(at, "TIME_FORMAT")


def _yes_or_no(text: str) -> str:
    return {"True": _("Yes"), "False": _("No")}.get(text, text)


# A date with a time is also a date, so it comes first.
_SAYS = (
    (PartialDateField, lambda text: date_in_words(PartialDate.parse(text))),
    (models.DateTimeField, _instant),
    (models.DateField, lambda text: date_in_words(PartialDate(date.fromisoformat(text)))),
    (models.TimeField, _time),
    (models.BooleanField, _yes_or_no),
    ((MoneyField, models.DecimalField), lambda text: number_in_words(Decimal(text))),
)
