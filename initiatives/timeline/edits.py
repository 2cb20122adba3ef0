"""Edits in words: what was changed, field by field, from what to what.

An edit is a `Change` or a mapping with its keys `model`, `key`, `action` and `fields`. Histories
are older than the code that reads them: whatever they hold, it is told as well as it can be.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.choices import ChangeAction, Language
from initiatives.models.texts import KEY_SIGN, put_text
from initiatives.timeline.names import Names, name_of
from initiatives.timeline.values import value_in_words

_HEADINGS = {
    ChangeAction.CREATED: gettext_lazy("%(what)s added"),
    ChangeAction.CHANGED: gettext_lazy("%(what)s changed"),
    ChangeAction.DELETED: gettext_lazy("%(what)s removed"),
}
_NAMED = {
    ChangeAction.CREATED: gettext_lazy("%(what)s added: %(name)s"),
    ChangeAction.CHANGED: gettext_lazy("%(what)s “%(name)s” changed"),
    ChangeAction.DELETED: gettext_lazy("%(what)s removed: %(name)s"),
}


@dataclass(frozen=True)
class Line:
    """One field: `old` and `new` in words, None where it was or became empty.

    `language` is that of the two texts where the field is one of four translations, else empty.
    """

    name: str
    label: str
    old: str | None
    new: str | None
    language: str = ""


class Wording:
    """Words for many `edits`: the names in them are fetched together, one query for each model.

    With `rights` nothing is named that their owner may not see.
    """

    def __init__(self, edits: Iterable, *, rights=None) -> None:
        told = [_Edit(edit) for edit in edits]
        self._names = Names((target for edit in told for target in edit.targets()), rights)

    def heading(self, edit) -> str:
        """For example “Milestone “Pillars” changed” or “Citation added: Protocol, P3”."""
        edit = _Edit(edit)
        name = self._name(edit)
        pattern = (_NAMED if name else _HEADINGS).get(edit.action)
        if pattern is None:
            return f"{edit.what} {name}".strip()
        return str(pattern) % {"what": edit.what, "name": name}

    def lines(self, edit) -> list[Line]:
        """The fields of `edit`, in the order in which they were recorded."""
        edit = _Edit(edit)
        return [self._line(edit, name, *pair) for name, pair in edit.pairs() if edit.tells(name)]

    def _line(self, edit, name, old, new):
        field = edit.field(name)
        language = getattr(field, "language", "") if hasattr(field, "translated_field") else ""
        words = (self._words(field, value) for value in (old, new))
        return Line(name, _label(field, name), *words, language)

    def _words(self, field, value):
        if isinstance(value, (list, tuple)):
            return ", ".join(filter(None, (self._words(field, one) for one in value))) or None
        if value is None or value == "":
            return None
        if field is None:
            return str(value)
        if field.is_relation:
            return self._names.of(field.related_model, str(value))
        return value_in_words(field, str(value))

    def _name(self, edit):
        if edit.model is None:
            return ", ".join(edit.key)
        if edit.model._meta.model_name == "initiative":
            return "" if edit.action != ChangeAction.DELETED else ", ".join(edit.key)
        if edit.is_named_itself():
            stored = self._names.known(edit.model, KEY_SIGN.join(edit.key))
            changed = edit.action == ChangeAction.CHANGED
            found = stored or edit.name_then() if changed else edit.name_then() or stored
            return found or edit.key[-1]
        return self._name_by_parts(edit)

    def _name_by_parts(self, edit):
        """The words of what the key consists of: “Kazakhstan (Party)” or “Protocol, P3”."""
        words, roles = [], []
        for path, field, text in edit.parts():
            target = "__" in path and field.related_model
            if target:
                words.append(self._names.of(target, text))
            else:
                (roles if field.choices else words).append(value_in_words(field, text))
        name = ", ".join(filter(None, words))
        return f"{name} ({', '.join(roles)})" if roles else name


def heading(edit) -> str:
    """What one edit did; for more than one use `Wording`."""
    return Wording([edit]).heading(edit)


def lines(edit) -> list[Line]:
    """The fields of one edit; for more than one use `Wording`."""
    return Wording([edit]).lines(edit)


class _Edit:
    """An edit, whatever it was made of: what is not as it should be is as good as empty."""

    def __init__(self, edit) -> None:
        def get(name):
            return edit.get(name) if isinstance(edit, Mapping) else getattr(edit, name)

        key, fields = get("key"), get("fields")
        self.named, self.action = str(get("model") or ""), str(get("action"))
        self.key = [str(part) for part in key] if isinstance(key, (list, tuple)) else [str(key)]
        self.fields = fields if isinstance(fields, Mapping) else {}
        try:
            self.model = apps.get_model("initiatives", self.named)
        except (LookupError, ValueError):
            self.model = None

    @property
    def what(self):
        return capfirst(str(self.model._meta.verbose_name if self.model else self.named))

    def pairs(self):
        """(name, (old, new)) of each field."""
        for name, values in self.fields.items():
            two = isinstance(values, (list, tuple)) and len(values) == 2
            yield str(name), tuple(values) if two else (None, values)

    def field(self, name):
        try:
            field = self.model._meta.get_field(name) if self.model else None
        except FieldDoesNotExist:
            return None
        return field if isinstance(field, Field) else None

    def tells(self, name) -> bool:
        """A part that came or went says nothing by its initiative, which it is told of."""
        if name != "initiative" or self.action == ChangeAction.CHANGED:
            return True
        return self.named == "initiativeevent"  # told of the event as well

    def parts(self):
        """(path, field, text) of each part of the key that says more than which initiative."""
        for path, text in zip(getattr(self.model, "natural_fields", ()), self.key, strict=False):
            field = self.field(path.split("__")[0])
            if field is not None and field.name != "initiative":
                yield path, field, text

    def is_named_itself(self) -> bool:
        """Whether its name is a text of its own, and not what its key points to."""
        names = [path for path, _field, _text in self.parts()]
        return len(getattr(self.model, "natural_fields", ())) == 1 or names == ["number"]

    def targets(self):
        """(model, key) of each row whose name is needed."""
        if self.model is None:
            return
        if self.is_named_itself():
            yield self.model, KEY_SIGN.join(self.key)
        for path, field, text in self.parts():
            if "__" in path:
                yield field.related_model, text
        for name, values in self.pairs():
            field = self.field(name)
            if field is not None and field.is_relation:
                yield from ((field.related_model, text) for text in _flat(values))

    def name_then(self) -> str:
        """The name that the edit itself gives to its row, empty if it gives none."""
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

    def _own_texts(self):
        for name, values in self.pairs():
            field = self.field(name)
            if field is not None and field.concrete and not field.is_relation:
                yield name, values


def _flat(values):
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _flat(value)
        elif value is not None and value != "":
            yield str(value)


def _label(field, name):
    if field is None:
        return name
    if not hasattr(field, "translated_field"):
        return str(field.verbose_name)
    words = {
        "text": field.translated_field.verbose_name,
        "language": Language(field.language).label,
    }
    return _("%(text)s (%(language)s)") % words
