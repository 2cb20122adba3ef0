"""Cells of the lists of the desk."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def labelled(cells, headers):
    """The cells of a row, each with the name of its column as the attribute `data-label`."""
    return [_labelled(cell, header) for cell, header in zip(cells, headers, strict=True)]


def _labelled(cell, header):
    """Django gives a cell as finished markup, which begins with its tag."""
    if "action-checkbox-column" in header.get("class_attrib", ""):
        return cell
    label = format_html(' data-label="{}"', capfirst(header["text"]))
    return mark_safe(cell[:3] + label + cell[3:])
