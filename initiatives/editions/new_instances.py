"""New instances of the models: each is the copy of one that its model made from nothing, as those
are that are unpickled. Django takes ten times as long to call the model for each."""

from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState

AnyModel = TypeVar("AnyModel", bound=Model)


def instance(model: type[AnyModel], values: dict[str, Any], **related: Model | None) -> AnyModel:
    """A new instance with these `values` of its columns; `related` are those it points to.

    What nobody gives has the default of its field, or is None where that is made up anew each time.
    """
    row = model.__new__(model)
    row.__dict__ |= _blank(model)
    row.__dict__ |= values
    row._state = ModelState()
    for name, other in related.items():
        row._state.fields_cache[name] = other
        row.__dict__[f"{name}_id"] = None if other is None else other.pk
    return row


@cache
def _blank(model: type[Model]) -> dict[str, Any]:
    blank = model()
    anew = {field.attname: None for field in model._meta.concrete_fields if callable(field.default)}
    return {name: value for name, value in blank.__dict__.items() if name != "_state"} | anew
