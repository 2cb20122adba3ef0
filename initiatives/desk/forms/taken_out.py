"""Which signs forms took out of what was typed into them, in words for the officer."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from initiatives.fields.whole_text import WholeAddressFormField, WholeTextFormField
from initiatives.text.plain_text import names, taken_out, without_controls

_WHOLE = (WholeTextFormField, WholeAddressFormField)
_FEW = 5  # signs that a message names


def taken_out_of(forms: Iterable) -> list[str]:
    """For each text of the bound `forms` that held signs which nobody sees, what was taken out."""
    return list(dict.fromkeys(_told(forms)))


def _told(forms: Iterable[Any]) -> Iterator[str]:
    for form in forms:
        for name in form.fields:
            bound = form[name]
            if not isinstance(bound.field, _WHOLE) or not isinstance(bound.data, str):
                continue
            if signs := _lost(bound.data):
                told = {"field": bound.label, "signs": names(signs[:_FEW])}
                yield _("%(field)s: signs that nobody sees were taken out: %(signs)s.") % told


def _lost(text: str) -> list[str]:
    """The controls and the invisible signs of `text`."""
    if text.isprintable() and text.isascii():
        return []
    controls = [sign for sign in text if sign != "\r" and not without_controls(sign)]
    return [*dict.fromkeys(controls), *taken_out(text)]
