"""What a reader types to get mail."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from initiatives.choices import Rhythm


class AskForm(forms.Form):
    email = forms.EmailField(max_length=254)
    rhythm = forms.ChoiceField(choices=Rhythm.choices)

    def clean_email(self) -> str:
        """In small letters, since mailboxes do not tell them apart."""
        email = self.cleaned_data["email"].lower()
        try:
            email.rpartition("@")[2].encode("idna")
        except UnicodeError:
            raise ValidationError(validate_email.message) from None
        return email
