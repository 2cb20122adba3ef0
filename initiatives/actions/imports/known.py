"""The rows to which the rows of a file point, each fetched once for many chunks of them."""

from collections import defaultdict
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from initiatives.models import Country, ImportRow, Initiative, Source
from initiatives.models.record import Record

Row = TypeVar("Row", bound=Model)
MOST = 5000  # rows of one model that are remembered


class Known:
    def __init__(self) -> None:
        self._found: dict[type[Model], dict[str, Any]] = defaultdict(dict)

    def learn(self, rows: list[ImportRow]) -> None:
        """One query at most for each model that the edits of `rows` point to."""
        for model, keys in _named(rows).items():
            found = self._found[model]
            if len(found) > MOST:
                found.clear()
            if missing := keys - found.keys():
                found.update(_fetched(model, missing))

    def find(self, model: type[Row], text: str) -> Row | None:
        return self._found[model].get(text)

    def demand(self, model: type[Row], text: str) -> Row:
        """The same, and a refusal in words if it is there no more."""
        row = self.find(model, text)
        if row is None:
            raise ValidationError(_("“%(key)s” no longer exists."), params={"key": text})
        return row


def _named(rows: list[ImportRow]) -> dict:
    """Model → the natural keys by which the edits of `rows` point to it."""
    named = defaultdict(set)
    for row in rows:
        for edit in row.edits:
            for name, (_old, text) in edit["fields"].items():
                if text is not None and (model := _pointed_to(edit["model"], name)):
                    named[model].add(text)
        if row.move and row.move["source"]:
            named[Source].add(row.move["source"])
        if row.move and row.move["decided_by"]:
            named[Country].add(row.move["decided_by"])
    return named


@cache
def _pointed_to(model: str, name: str) -> type[Record] | None:
    try:
        field = apps.get_model("initiatives", model)._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    is_part = name == "initiative"
    return field.related_model if field.is_relation and not is_part else None


def _fetched(model: Any, keys: set[str]) -> dict:
    name = model.natural_fields[0]
    rows = model._default_manager.filter(**{f"{name}__in": keys})
    if model is Initiative:
        rows = rows.only("code")
    return {getattr(row, name): row for row in rows}
