"""The day from which a reader wants to see what moved."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SinceForm(forms.Form):
    """`since` is a day; years outside 1900–2999 are refused, for no calendar of ours has them."""

    since = forms.DateField(
        label=_("Moved since"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))],
    )

    def instant(self, *, ago: timedelta, today: date | None = None) -> datetime | None:
        """The first instant of the day asked for, else of the day `ago`; None if it is wrong."""
        day = (today or timezone.localdate()) - ago
        if self.is_bound:
            if not self.is_valid():
                return None
            day = self.cleaned_data["since"] or day
        return timezone.make_aware(datetime.combine(day, time.min))
