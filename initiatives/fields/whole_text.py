"""The form field of a text: what it holds is stored whole and as meant, or refused in words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.widgets import Widget
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from initiatives.text.plain_text import damage, visible
from initiatives.translatable import Translatable

_LONG = 100  # characters; shorter limits are those of codes, which say their form
_LIMIT = _("At most {most} characters.")


def uncut(attrs: dict) -> dict:
    """`attrs` of a box with the limit for the counter instead of the one by which browsers cut."""
    if "maxlength" not in attrs:
        return attrs
    others = {name: value for name, value in attrs.items() if name != "maxlength"}
    return others | {"data-max-length": attrs["maxlength"]}


class WholeAddressFormField(forms.URLField):
    """An address as it was pasted, without signs that nobody sees."""

    def to_python(self, value: object) -> str | None:
        return super().to_python(visible(value).strip() if isinstance(value, str) else value)

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return uncut(super().widget_attrs(widget))


class WholeTextFormField(forms.CharField):
    """A text in NFC without signs that nobody sees, in Unix lines.

    The box has no `maxlength`: browsers cut what is pasted by it without a word. It has the limit
    for the counter instead, and what is longer is refused with its length. A text that came here
    damaged is refused with the cure; one that is stored and was left alone is not looked at.
    """

    def __init__(
        self, *, help_text: Translatable = "", max_length: int | None = None, **kwargs: Any
    ) -> None:
        if max_length is not None and max_length >= _LONG:
            limit = format_lazy(_LIMIT, most=max_length)
            help_text = format_lazy("{} {}", help_text, limit) if help_text else limit
        super().__init__(help_text=help_text, max_length=max_length, **kwargs)

    def to_python(self, value: object) -> str | None:
        value = super().to_python(value)
        if not isinstance(value, str):
            return value
        return visible(value.replace("\r\n", "\n").replace("\r", "\n")).strip()

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return uncut(super().widget_attrs(widget)) | {"dir": "auto"}

    def has_changed(self, initial: object, data: object) -> bool:
        """A text that the database holds in parts or with Windows' lines is the same text."""
        return super().has_changed(self.to_python(initial), data)

    def _clean_bound_field(self, bound: BoundField) -> str | None:
        value = super()._clean_bound_field(bound)  # type: ignore[misc]  # not in the stubs
        if not self.disabled and self.has_changed(bound.initial, bound.data):
            self._refuse_damaged(bound.data)
        return value

    def _refuse_damaged(self, text: object) -> None:
        if isinstance(text, str) and (wrong := damage(text)):
            raise ValidationError(wrong, code="damaged")
