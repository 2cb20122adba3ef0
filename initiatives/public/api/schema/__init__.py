"""What the API says, in OpenAPI 3.1; made from the filterset, the vocabularies and our objects."""

from functools import cache

from initiatives.public.api import fields
from initiatives.public.api.schema.document import LICENCE, VERSION, document
from initiatives.public.api.schema.objects import OBJECTS

__all__ = ["LICENCE", "OBJECTS", "VERSION", "document", "fields_of"]


@cache
def fields_of(name: str) -> fields.Tree:
    """The tree of the fields of an object, for `fields.chosen`."""
    return fields.paths(OBJECTS[name], OBJECTS)
