"""Small words in which the schemas are written (JSON Schema 2020-12, as OpenAPI 3.1 has it)."""

from typing import Any

from django.db.models import Choices
from django.utils.text import capfirst, format_lazy

from initiatives.choices import Language
from initiatives.translatable import Translatable


def text(description: Translatable, **more: list[str] | str) -> dict[str, Any]:
    return {"type": "string", "description": description, **more}


def maybe(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, or null where it is not known."""
    more = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [schema["type"], "null"]} | more


def one_of(choices: type[Choices], description: Translatable) -> dict[str, Any]:
    return text(description, enum=list(choices.values))


def number(description: Translatable) -> dict[str, Any]:
    return {"type": "integer", "description": description}


def instant(description: Translatable) -> dict[str, Any]:
    return text(description, format="date-time")


def address(description: Translatable) -> dict[str, Any]:
    return text(description, format="uri")


def shared(name: str, description: Translatable) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}", "description": description}


def words(description: Translatable) -> dict[str, Any]:
    return shared("Text", description)


def some_day(description: Translatable) -> dict[str, Any]:
    return shared("PartialDate", description)


def a_list(items: dict[str, Any], description: Translatable) -> dict[str, Any]:
    return {"type": "array", "items": items, "description": description}


def sentence(label: Translatable) -> Translatable:
    """The label of a field as a description."""
    return format_lazy("{}.", capfirst(label))


def an_object(description: Translatable, /, **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "description": description, "properties": properties}


def in_languages(description: Translatable) -> dict[str, Any]:
    languages = {code: text(name) for code, name in Language.choices}
    return an_object(description, **languages)
