"""The parameters of the API. Those of the list of initiatives come from its filterset."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiatives.filtersets import InitiativeFilterSet
from initiatives.filtersets.parameters import MAX_LENGTH, MAX_VALUES, Choices
from initiatives.http.page_sizes import MOST, SIZES

# What each means beyond its label, and a value of the first data.
_FILTERS = {
    "q": (_("Words that all stand in the record, in any script."), "irrigation"),
    "status": (_("Its status is one of these."), "planned"),
    "sector": (_("It is in one of these sectors or in a part of it; short names."), "energy"),
    "country": (
        _("One of these countries takes part, not only as an observer; codes of ISO 3166-1."),
        "KZ",
    ),
    "party": (_("One of these countries is a party or leads; codes of ISO 3166-1."), "UZ"),
    "country_match": (_("Whether any or all of several countries must take part."), "all"),
    "organisation": (
        _("One of these organisations takes part, pays or receives; short names."),
        None,
    ),
    "kind": (_("Its kind is one of these."), "agreement"),
    "year": (_("It is active in one of these years."), "2025"),
    "funded": (_("Whether any money is known."), "yes"),
    "currency": (_("Some of its money is in one of these currencies; codes of ISO 4217."), "USD"),
    "flag": (_("It needs attention in one of these ways."), "overdue"),
    "as_of": (_("A day that has come: the records as they were known at its end."), None),
    "updated_since": (_("Changed since this day or instant (ISO 8601)."), "2025-01-01"),
    "sort": (_("Order; what is not known comes last."), "title"),
}
_FORMATS = {"year": {"pattern": r"^[1-9]\d{3}$"}, "as_of": {"format": "date"}}


def of_filterset() -> list[dict]:
    fields = InitiativeFilterSet().form.fields
    return [_filter(name, field) for name, field in fields.items()]


def _filter(name, field):
    description, example = _FILTERS[name]
    value = {"type": "string", "maxLength": MAX_LENGTH} | _FORMATS.get(name, {})
    if isinstance(field, Choices):
        value = {"type": "string", "enum": [key for key, _label in field.choices]}
    schema = {"type": "array", "items": value, "maxItems": MAX_VALUES}
    return _parameter(name, description, schema, example and [example])


def _parameter(name, description, schema, example=None):
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
AS_OF = _parameter("as_of", _FILTERS["as_of"][0], _DAY)


def in_path(name, description, example):
    told = _parameter(name, description, {"type": "string", "minLength": 1}, example)
    return told | {"in": "path", "required": True}
