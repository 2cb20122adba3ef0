"""Some of a closed list of codes in one column: `events|money`, in the order of the list."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.translatable import Translatable

Member = tuple[str, Translatable]
Codes = str | Iterable[object]  # a text of the column, or what a box sends
SIGN = "|"
_SHOWN = 40  # characters of a wrong code that a message repeats


class ChoiceSetFormField(forms.MultipleChoiceField):
    """Boxes to tick; the value is the text of the column."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> str:
        chosen = super().clean(value)
        members = cast(list[Member], self.choices)
        return SIGN.join(code for code, _label in members if code in chosen)

    def prepare_value(self, value: Any) -> Any:
        return split(value) if isinstance(value, str) else value

    def has_changed(self, initial: Codes | None, data: Codes | None) -> bool:
        return super().has_changed(self.prepare_value(initial), self.prepare_value(data))


class ChoiceSetField(models.CharField):
    """Holds codes of `members` (pairs of code and label) as one text; empty where there is none."""

    description = "Some of a list of codes"

    def __init__(self, *args: Any, members: Iterable[Member] = (), **kwargs: Any) -> None:
        self.members = tuple(members)
        super().__init__(*args, **{"blank": True, "default": "", "max_length": 200, **kwargs})

    def to_python(self, value: Codes | None) -> str:
        """The codes in the order of the list. Raises ValidationError that names a wrong one."""
        if value is None:
            return ""
        given, known = split(value), [code for code, _label in self.members]
        for code in given:
            if code not in known:
                told = {"code": code[:_SHOWN], "known": ", ".join(known)}
                message = _("“%(code)s” is unknown. Write one of: %(known)s.")
                raise ValidationError(message, code="unknown", params=told)
        return SIGN.join(code for code in known if code in given)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return models.Field.formfield(
            self,
            **{"form_class": ChoiceSetFormField, "choices": self.members, **kwargs},
        )

    def in_words(self, text: str) -> str:
        labels = dict(self.members)
        return ", ".join(str(labels.get(code, code)) for code in split(text))


def split(text: Codes | None) -> list[str]:
    """The codes of a text or of a list."""
    parts = text.split(SIGN) if isinstance(text, str) else map(str, text or ())
    return [code for code in (part.strip() for part in parts) if code]
