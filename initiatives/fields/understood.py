"""A text box beside which stands how its text is understood."""

from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html
from django.utils.safestring import SafeString

from initiatives.notation import NotRead

if TYPE_CHECKING:
    _TextBox = forms.TextInput
else:
    _TextBox = object  # it stands beside a box of Django, which brings the rest


class Words(Protocol):
    """How a text is understood. Raises NotRead."""

    def __call__(self, text: str, kind: str, currency: str = ...) -> str: ...


class Understood(_TextBox):
    """For a widget that is a text box. `words` says how a text of its `kind` is understood, or
    raises NotRead; `currency` is the one of the row, if it is known when the box is shown.

    A script (static/admin_desk/understood.js) asks again while somebody types.
    """

    kind = ""
    currency = ""
    words: Words

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        attrs = {**(attrs or {}), "data-understood": self.kind}
        box = super().render(name, value, attrs, renderer)
        words = self._understood(self.format_value(value))
        return format_html('{} <output class="desk-understood">{}</output>', box, words)

    def _understood(self, text: str | None) -> str:
        try:
            return self.words(text, self.kind, self.currency) if text else ""
        except NotRead:
            return ""  # what is wrong stands at the box already
