"""Text fields that keep controls and invisible signs out of the database, whatever the road."""

from typing import Any

from django import forms
from django.db import models

from initiatives.fields.whole_text import WholeTextFormField
from initiatives.text.plain_text import clean, clean_line


class LineField(models.CharField):
    """A single line of text, cleaned by `text.plain_text.clean_line`."""

    def to_python(self, value: Any) -> Any:
        return clean_line(value) if isinstance(value, str) else super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean_line(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": WholeTextFormField, **kwargs})


class ProseField(models.TextField):
    """Text of several lines, cleaned by `text.plain_text.clean`."""

    def to_python(self, value: Any) -> Any:
        return clean(value) if isinstance(value, str) else super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": WholeTextFormField, **kwargs})
