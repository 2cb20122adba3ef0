"""The fields of an instance from those of a part of a public record, which have the same names."""

from functools import cache

from django.db.models import Model, QuerySet
from django.db.models.sql import Query

from initiatives.editions.record import Part, Text


def values_of(model: type[Model], part: Part, *, without: tuple[str, ...] = ()) -> dict:
    """Field → value for all fields of `part` but those `without`; a text has four fields."""
    names = [name for name in part.__struct_fields__ if name not in without]
    return chosen_values(model, part, *names)


def chosen_values(model: type[Model], part: Part, *names: str) -> dict:
    values = {}
    for name in names:
        value = getattr(part, name)
        if isinstance(value, Text):
            texts = {f"{name}_{language}": getattr(value, language) for language in _LANGUAGES}
            values |= texts
        else:
            values[name] = model._meta.get_field(name).to_python(value)
    return values


def hang(row: Model, name: str, parts: list) -> None:
    """Put `parts` where prefetching puts the rows of the relation `name`."""
    model = row._meta.get_field(name).related_model
    # Not of its manager: django-modeltranslation would build a class for each.
    rows = QuerySet(model, query=_no_rows(model))
    rows._result_cache = parts
    cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = rows


@cache
def _no_rows(model: type[Model]) -> Query:
    return QuerySet(model).none().query


_LANGUAGES = Text.__struct_fields__
