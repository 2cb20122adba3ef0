"""What a reader types to get mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from initiatives.choices import Rhythm


class MailField(forms.EmailField):
    """An address in small letters, since mailboxes do not tell them apart, that mail can go to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        email = super().clean(value).lower()
        try:
            email.rpartition("@")[2].encode("idna")
        except UnicodeError:
            raise ValidationError(validate_email.message) from None
        return email


class AskForm(forms.Form):
    email = MailField()
    rhythm = forms.ChoiceField(choices=Rhythm.choices)
