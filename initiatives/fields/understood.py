"""A text box beside which stands how its text is understood."""

from django.utils.html import format_html

from initiatives.notation import NotRead


class Understood:
    """For a widget that is a text box. `words` says how a text of its `kind` is understood, or
    raises NotRead; `currency` is the one of the row, if it is known when the box is shown.

    A script (static/admin_desk/understood.js) asks again while somebody types.
    """

    kind = ""
    currency = ""
    words = None

    def render(self, name, value, attrs=None, renderer=None):
        attrs = {**(attrs or {}), "data-understood": self.kind}
        box = super().render(name, value, attrs, renderer)
        words = self._understood(self.format_value(value))
        return format_html('{} <output class="desk-understood">{}</output>', box, words)

    def _understood(self, text) -> str:
        try:
            return self.words(text, self.kind, self.currency) if text else ""
        except NotRead:
            return ""  # what is wrong stands at the box already
