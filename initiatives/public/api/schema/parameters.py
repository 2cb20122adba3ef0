"""The parameters of the API. Those of the list of initiatives come from its filterset."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiatives.http.page_sizes import MOST, SIZES
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.parameters import MAX_LENGTH, MAX_VALUES, Choices, Values
from initiatives.translatable import Translatable

# A value of the first data for each filter that has one.
_EXAMPLES = {
    "q": "irrigation",
    "status": "planned",
    "sector": "energy",
    "country": "KZ",
    "party": "UZ",
    "country_match": "all",
    "kind": "agreement",
    "late": "end",
    "late_by": "12",
    "moved": "later",
    "moved_by": "12",
    "year": "2025",
    "funded": "yes",
    "currency": "USD",
    "flag": "overdue",
    "updated_since": "2025-01-01",
    "sort": "title",
}
_MONTHS = {"pattern": r"^[1-9]\d{0,3}$"}
_FORMATS = {
    "year": {"pattern": r"^[1-9]\d{3}$"},
    "late_by": _MONTHS,
    "moved_by": _MONTHS,
    "as_of": {"format": "date"},
}


def of_filterset() -> list[dict[str, Any]]:
    return [_filter(name, field) for name, field in _fields().items()]


def _fields() -> dict[str, Any]:
    return InitiativeFilterSet().form.fields


def _filter(name: str, field: Values) -> dict[str, Any]:
    value = {"type": "string", "maxLength": MAX_LENGTH} | _FORMATS.get(name, {})
    if isinstance(field, Choices):
        value = {"type": "string", "enum": [key for key, _label in field.choices]}
    example = _EXAMPLES.get(name)
    if field.single:
        return _parameter(name, field.help_text, value, example)
    schema = {"type": "array", "items": value, "maxItems": MAX_VALUES}
    return _parameter(name, field.help_text, schema, example and [example])


def _parameter(
    name: str,
    description: Translatable,
    schema: dict[str, Any],
    example: int | list[str] | str | None = None,
) -> dict[str, Any]:
    told = {"name": name, "in": "query", "description": description, "schema": schema}
    return told | ({} if example is None else {"example": example})


LANGUAGE = _parameter(
    "lang",
    _("Language of words that are not fields of a record; else Accept-Language decides."),
    {"type": "string", "enum": [code for code, _name in settings.LANGUAGES]},
    "en",
)
FIELDS = _parameter(
    "fields",
    _("Only these fields, with commas between them; a dot leads to a part."),
    {"type": "string"},
)
PAGE = [
    _parameter(
        "page_size",
        _("Rows on a page."),
        {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZES[0]},
        5,
    ),
    _parameter(
        "cursor",
        _("Where the page begins: taken from “next” or “previous” of another page."),
        {"type": "string"},
    ),
]
_DAY = {"type": "string", "format": "date"}
PERIOD = [
    _parameter("from", _("First day; without it 30 days before the last one."), _DAY, "2026-01-01"),
    _parameter("to", _("Last day; without it today."), _DAY),
]
AS_OF = _parameter("as_of", _fields()["as_of"].help_text, _DAY)


def in_path(name: str, description: Translatable, example: str) -> dict[str, Any]:
    told = _parameter(name, description, {"type": "string", "minLength": 1}, example)
    return told | {"in": "path", "required": True}
