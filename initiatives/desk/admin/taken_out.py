"""A word to the officer when signs were taken out of what they typed or pasted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from initiatives.desk.forms.taken_out import taken_out_of


def tell_taken_out(request: HttpRequest, forms: list[Any]) -> None:
    """Beside the answer to a save: nothing is changed in silence."""
    for text in taken_out_of(forms):
        messages.warning(request, text)
