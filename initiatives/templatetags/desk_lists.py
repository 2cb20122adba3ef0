"""Cells of the lists of the desk, and what its forms only show."""

import re
from typing import Any

from django import template
from django.contrib.admin.templatetags.admin_list import ResultList
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from initiatives.partial_dates import PartialDate
from initiatives.timeline import date_in_words

register = template.Library()
_CODE = re.compile(r"\b(CI-\d{4}-\d{4,8})\b", re.ASCII)


@register.filter
def labelled(cells: ResultList, headers: list[dict[str, Any]]) -> list[str]:
    """The cells of a row, each with the name of its column as the attribute `data-label`."""
    return [_labelled(cell, header) for cell, header in zip(cells, headers, strict=True)]


@register.filter
def with_records(text: str) -> str:
    """A text in which each code of a record leads to that record in the list of the desk."""
    address = reverse("admin:initiatives_initiative_changelist")
    parts = _CODE.split(text)  # every second part is a code
    links = (
        format_html('<a href="{}?q={}">{}</a>', address, part, part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )
    return mark_safe("".join(links))


@register.filter
def read_only(field: Any) -> Any:
    """What a field that nobody may edit holds: a date in words, else what Django shows of it."""
    name = field.field["field"]
    value = getattr(field.form.instance, name, None) if isinstance(name, str) else None
    return date_in_words(value) if isinstance(value, PartialDate) else field.contents()


def _labelled(cell: str, header: dict[str, Any]) -> str:
    """Django gives a cell as finished markup, which begins with its tag."""
    if "action-checkbox-column" in header.get("class_attrib", ""):
        return cell
    label = format_html(' data-label="{}"', capfirst(header["text"]))
    return mark_safe(cell[:3] + label + cell[3:])
