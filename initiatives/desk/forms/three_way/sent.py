"""Values as a browser sends them, and the rows of a form among what was sent."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import Field as FormField
from django.http import QueryDict


def sent(field: FormField, name: str, value: Any) -> dict[str, list[str]]:
    """Name → list of values that a browser would send for the form field `field` called `name`."""
    widget = getattr(field.widget, "widget", field.widget)  # of an admin's “add another”
    return dict(_parts(widget, name, field.prepare_value(value)))


def _parts(widget: Any, name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(widget, forms.MultiWidget):
        several: Any = widget  # the stubs do not know `widgets_names`
        parts = zip(several.widgets, several.widgets_names, several.decompress(value), strict=True)
        for part, suffix, piece in parts:
            yield from _parts(part, name + suffix, piece)
    elif isinstance(widget, forms.CheckboxInput):
        yield name, ["on"] if widget.check_test(value) else []
    else:
        shown = widget.format_value(value)
        yield name, shown if isinstance(shown, list) else ["" if shown is None else str(shown)]


def put(data: QueryDict, values: dict[str, list[str]]) -> None:
    """Write the lists of `values` into the mutable `data`; an empty list is not sent at all."""
    for name, texts in values.items():
        if texts:
            data.setlist(name, texts)
        else:
            data.pop(name, None)


def posted_rows(data: QueryDict, prefix: str) -> dict[int, dict[str, list[str]]]:
    """Index → (name within the row → list of values) for the rows called `prefix`."""
    rows: dict[int, dict[str, list[str]]] = {}
    for name in data:
        if found := re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(\w+)", name):
            rows.setdefault(int(found[1]), {})[found[2]] = data.getlist(name)
    return rows


def put_rows(
    data: QueryDict, prefix: str, initial: list[dict[str, list[str]]], new: list[Any]
) -> None:
    """Replace the rows called `prefix` in `data`: first those that are stored, then new ones."""
    for index, row in posted_rows(data, prefix).items():
        for name in row:
            del data[f"{prefix}-{index}-{name}"]
    for index, row in enumerate([*initial, *new]):
        put(data, {f"{prefix}-{index}-{name}": texts for name, texts in row.items()})
    data[f"{prefix}-INITIAL_FORMS"] = str(len(initial))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(initial) + len(new))
