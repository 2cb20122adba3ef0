"""The day from which a reader wants to see what moved."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.http.repeated import ONE_ONLY, repeated, single_value


class SinceForm(forms.Form):
    """`since` is one day; years outside 1900–2999 are refused, for no calendar of ours has them."""

    since = forms.DateField(
        label=gettext_lazy("Moved since"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
    )

    def __init__(self, query: QueryDict) -> None:
        day = single_value(query, "since")
        self._is_repeated = bool(repeated(query, ["since"]))
        super().__init__({"since": day} if day else None)

    def clean_since(self) -> date | None:
        if self._is_repeated:
            raise ValidationError(_(ONE_ONLY), code="several")
        return self.cleaned_data["since"]

    def instant(self, *, ago: timedelta, today: date | None = None) -> datetime | None:
        """The first instant of the day asked for, else of the day `ago`; None if it is wrong."""
        day = (today or timezone.localdate()) - ago
        if self.is_bound:
            if not self.is_valid():
                return None
            day = self.cleaned_data["since"]
        return timezone.make_aware(datetime.combine(day, time.min))
