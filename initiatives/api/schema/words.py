"""Small words in which the schemas are written (JSON Schema 2020-12, as OpenAPI 3.1 has it)."""

from django.utils.text import capfirst, format_lazy

from initiatives.choices import Language


def text(description, **more):
    return {"type": "string", "description": description, **more}


def maybe(schema):
    """The same, or null where it is not known."""
    more = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return schema | {"type": [schema["type"], "null"]} | more


def one_of(choices, description):
    return text(description, enum=list(choices.values))


def number(description):
    return {"type": "integer", "description": description}


def instant(description):
    return text(description, format="date-time")


def address(description):
    return text(description, format="uri")


def shared(name, description):
    return {"$ref": f"#/components/schemas/{name}", "description": description}


def words(description):
    return shared("Text", description)


def some_day(description):
    return shared("PartialDate", description)


def a_list(items, description):
    return {"type": "array", "items": items, "description": description}


def sentence(label):
    """The label of a field as a description."""
    return format_lazy("{}.", capfirst(label))


def an_object(description, /, **properties):
    return {"type": "object", "description": description, "properties": properties}


def in_languages(description):
    languages = {code: text(name) for code, name in Language.choices}
    return an_object(description, **languages)
