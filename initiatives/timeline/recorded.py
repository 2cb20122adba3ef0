"""One recorded edit, looked at through the models of today."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, cast

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from initiatives.choices import ChangeAction
from initiatives.models import Change, ChangeRequest, Citation
from initiatives.models.changes import in_field_order
from initiatives.models.texts import KEY_SIGN, put_text
from initiatives.timeline.names import key_fields, name_of

# Requests of a status were rows of their own once, and histories hold them: the status, the
# citation of its source and the decision in one row.
_RENAMED = {"statusrequest": "statuschange"}
_BESIDE = {"statusrequest": (Citation, ChangeRequest)}
_CALLED = {"statusrequest": gettext_lazy("status change that waits for approval")}


# One edit of a history, or of a request that waits.
Told = Change | Mapping[str, Any]


class RecordedEdit:
    """An edit, whatever it was made of: what is not as it should be is as good as empty."""

    def __init__(self, edit: Told) -> None:
        def get(name: str) -> Any:
            return edit.get(name) if isinstance(edit, Mapping) else getattr(edit, name)

        key, fields = get("key"), get("fields")
        self.named, self.action = str(get("model") or ""), str(get("action"))
        self.key = [str(part) for part in key] if isinstance(key, (list, tuple)) else [str(key)]
        self.fields = fields if isinstance(fields, Mapping) else {}
        self.model: type[Model] | None = None
        app = "auth" if self.named == "user" else "initiatives"
        with suppress(LookupError, ValueError):
            self.model = apps.get_model(app, _RENAMED.get(self.named, self.named))

    @property
    def what(self) -> str:
        if self.named in _CALLED:
            return capfirst(str(_CALLED[self.named]))
        return capfirst(str(self.model._meta.verbose_name if self.model else self.named))

    def pairs(self) -> Iterator[tuple[str, tuple[Any, Any]]]:
        """(name, (old, new)) of each field."""
        names = map(str, self.fields)
        for name in in_field_order(self.model, names) if self.model else names:
            values = self.fields[name]
            two = isinstance(values, (list, tuple)) and len(values) == 2
            yield name, tuple(values) if two else (None, values)

    def field(self, name: str) -> "Field[Any, Any] | None":
        for model in filter(None, (self.model, *_BESIDE.get(self.named, ()))):
            try:
                field = model._meta.get_field(name)
            except FieldDoesNotExist:
                continue
            return field if isinstance(field, Field) else None
        return None

    def tells(self, name: str) -> bool:
        """A part that came or went says nothing by its initiative, which it is told of."""
        if name != "initiative" or self.action == ChangeAction.CHANGED:
            return True
        return self.named == "initiativeevent"  # told of the event as well

    def parts(self) -> "Iterator[tuple[str, Field[Any, Any], str]]":
        """(path, field, text) of each part of the key that says more than which initiative."""
        for path, text in zip(key_fields(self.model), self.key, strict=False):
            field = self.field(path.split("__")[0])
            if field is not None and field.name != "initiative":
                yield path, field, text

    def is_named_itself(self) -> bool:
        """Whether its name is a text of its own, and not what its key points to."""
        names = [path for path, _field, _text in self.parts()]
        return len(key_fields(self.model)) == 1 or names == ["number"]

    def targets(self) -> Iterator[tuple[type[Model], str]]:
        """(model, key) of each row whose name is needed."""
        if self.model is None:
            return
        if self.is_named_itself():
            yield self.model, KEY_SIGN.join(self.key)
        for path, field, text in self.parts():
            if "__" in path:
                yield target_of(field), text
        for name, values in self.pairs():
            column = self.field(name)
            if column is not None and column.is_relation:
                yield from ((target_of(column), text) for text in _flat(values))

    def name_then(self) -> str:
        """The name that the edit itself gives to its row, empty if it gives none."""
        assert self.model is not None, self.named  # what is no model has no name of its own
        row = self.model()
        for name, (old, new) in self._own_texts():
            try:
                put_text(row, name, old if self.action == ChangeAction.DELETED else new)
            except (ValidationError, TypeError, ValueError):
                continue
        try:
            return name_of(row)
        except (AttributeError, KeyError, TypeError, ValueError):
            return ""  # it does not tell enough of it

    def _own_texts(self) -> Iterator[tuple[str, tuple[None, str]]]:
        for name, values in self.pairs():
            field = self.field(name)
            if field is not None and field.concrete and not field.is_relation:
                yield name, values


def target_of(field: "Field[Any, Any]") -> type[Model]:
    """The model that a relation points to."""
    return cast(type[Model], field.related_model)  # others have none


def _flat(values: Iterable[Any]) -> Iterator[str]:
    """The texts among `values`; a relation to many rows has lists of them."""
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _flat(value)
        elif value is not None and value != "":
            yield str(value)
