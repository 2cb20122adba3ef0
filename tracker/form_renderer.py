"""Fields of forms, written without a template for each option and attribute.

Django renders a select by two templates for each of its options. The form of a record has a
hundred selects with 1,400 options, and two thirds of its time went into its fields. What is written
here is the same to the byte, as `tests/test_form_renderer.py` says; other widgets keep their
templates.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape  # Django's looks first whether it is given a text that is not made yet
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.safestring import SafeString

_WIDGETS = "django/forms/widgets/"
_OPTION = f"{_WIDGETS}select_option.html"
# No variables: how a value is shown depends on the language alone.
_CONTEXT = Context()


class FormRenderer(DjangoTemplates):
    """Django's renderer, and a function instead of the template of what forms have most of."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        write = _WRITERS.get(template_name)
        written = write(context) if write else None
        return super().render(template_name, context, request) if written is None else written


def _label(context: Mapping[str, Any]) -> str:
    text = _shown(context["label"])
    if not context["use_tag"]:
        return text.strip()
    tag = _shown(context["tag"])
    return f"<{tag}{_attributes(context['attrs'])}>{text}</{tag}>"


def _input(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    start = f'<input type="{_shown(widget["type"])}" name="{_shown(widget["name"])}"'
    return f"{start}{value}{_attributes(widget['attrs'])}>"


def _textarea(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    value = _shown(widget["value"]) if widget["value"] else ""
    start = f'<textarea name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>'
    return f"{start}\n{value}</textarea>"


def _select(context: Mapping[str, Any]) -> str | None:
    """None where an option has a template of its own."""
    widget = context["widget"]
    groups = widget["optgroups"]
    if any(one["template_name"] != _OPTION for _name, group, _index in groups for one in group):
        return None
    start = f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>'
    return f"{start}{''.join(_groups(groups))}\n</select>"


def _groups(groups: list[tuple[Any, list[dict[str, Any]], int]]) -> Iterator[str]:
    for name, group, _index in groups:
        if name:
            yield f'\n  <optgroup label="{_shown(name)}">'
        for one in group:
            value, attributes = _text(one["value"]), _attributes(one["attrs"])
            yield f'\n  <option value="{value}"{attributes}>{_shown(one["label"])}</option>\n'
        if name:
            yield "\n  </optgroup>"


def _errors(context: Mapping[str, Any]) -> str | None:
    """Nothing where there are none, which is true of nearly all fields; else the template."""
    return None if context["errors"] else ""


def _attributes(attributes: Mapping[str, Any] | None) -> str:
    """With a space before each; True stands for a name without a value, False for none of it."""
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_text(value)}"'
        for name, value in (attributes or {}).items()
        if value is not False
    )


def _shown(value: Any) -> str:
    """As `{{ value }}`, but for the ways by which Django comes to a text of the commonest kinds."""
    if isinstance(value, SafeString):
        return value
    if type(value) is str:
        return escape(value)
    return render_value_in_context(value, _CONTEXT)


def _text(value: Any) -> str:
    """As `{{ value|stringformat:'s' }}`: a number is not written in the manner of the language."""
    return value if isinstance(value, SafeString) else escape(str(value))


_WRITERS: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    "django/forms/errors/list/ul.html": _errors,
    "django/forms/label.html": _label,
    f"{_WIDGETS}select.html": _select,
    f"{_WIDGETS}textarea.html": _textarea,
    **{f"{_WIDGETS}{kind}.html": _input for kind in ("text", "number", "url", "email", "hidden")},
}
