"""The days between which a reader wants to see what changed."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.http.repeated import repeated, single_value

SHOWN = timedelta(days=30)
_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)


class DayField(forms.DateField):
    """A day of ISO 8601. Years that no calendar of ours has are refused."""

    default_error_messages = {"invalid": _("This is not a day. Write 2025-06-30.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(required=False, input_formats=["%Y-%m-%d"], widget=widget, **kwargs)
        self.validators += [MinValueValidator(_FIRST), MaxValueValidator(_LAST)]


class PeriodForm(forms.Form):
    """`from` and `to` are days, both included; without them the last 30 days are meant."""

    NAMES = ("from", "to")

    def __init__(self, data: QueryDict) -> None:
        texts = {name: single_value(data, name) for name in self.NAMES}
        self.given = {name: text for name, text in texts.items() if text}
        self._repeated = repeated(data, self.NAMES)
        super().__init__(self.given or _lately())
        # `from` is a word of the language and cannot be the name of a class attribute.
        self.fields["from"] = DayField(label=_("From"))
        self.fields["to"] = DayField(label=_("To"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        for name, said in self._repeated.items():
            self.add_error(name, ValidationError(said, code="several"))
        to = cleaned.get("to") or timezone.localdate()
        first = cleaned.get("from") or to - SHOWN
        if not self.errors and first > to:
            message = _("The first day is after the last one.")
            self.add_error("from", ValidationError(message, code="order"))
        return cleaned | {"from": first, "to": to}

    @property
    def wrong(self) -> dict[str, list[str]]:
        """What is wrong, by parameter."""
        return {name: list(map(str, said)) for name, said in self.errors.items()}

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """The first instant of the period and the first one after it, for a valid form."""
        after = self.cleaned_data["to"] + timedelta(days=1)
        return _midnight(self.cleaned_data["from"]), _midnight(after)


def _lately() -> dict[str, str]:
    today = timezone.localdate()
    return {"from": str(today - SHOWN), "to": str(today)}


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
