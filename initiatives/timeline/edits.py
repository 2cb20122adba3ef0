"""Edits in words: what was changed, field by field, from what to what.

An edit is a `Change` or a mapping with its keys `model`, `key`, `action` and `fields`. Histories
are older than the code that reads them: whatever they hold, it is told as well as it can be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.fields import TranslationField

from initiatives.choices import ChangeAction, Language
from initiatives.models import ChangeRequest
from initiatives.models.texts import KEY_SIGN
from initiatives.timeline.names import Names
from initiatives.timeline.recorded import RecordedEdit, Told, target_of
from initiatives.timeline.values import value_in_words

if TYPE_CHECKING:
    from initiatives.rights import Rights


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
# Names that histories tell and no column has.
_WITHOUT_FIELD = {
    "second_factor": gettext_lazy("second step of the sign-in"),
    "recovery_codes": gettext_lazy("recovery codes"),
    "passkeys": gettext_lazy("passkeys"),
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

    def __init__(self, edits: Iterable[Told], *, rights: "Rights | None" = None) -> None:
        told = [RecordedEdit(edit) for edit in edits]
        self._names = Names((target for edit in told for target in edit.targets()), rights)

    def heading(self, told: Told) -> str:
        """For example “Milestone “Pillars” changed” or “Citation added: Protocol, P3”."""
        edit = RecordedEdit(told)
        name = self._name(edit)
        patterns = _NAMED if name else _HEADINGS
        if edit.action not in patterns:
            return f"{edit.what} {name}".strip()
        return str(patterns[ChangeAction(edit.action)]) % {"what": edit.what, "name": name}

    def name(self, edit: Told) -> str:
        """What the row of `edit` is called, empty where nobody knows."""
        return self._name(RecordedEdit(edit))

    def lines(self, told: Told) -> list[Line]:
        """The fields of the edit, in the order in which they were recorded."""
        edit = RecordedEdit(told)
        return [self._line(edit, name, *pair) for name, pair in edit.pairs() if edit.tells(name)]

    def _line(self, edit: RecordedEdit, name: str, old: Any, new: Any) -> Line:
        field = edit.field(name)
        language = field.language if isinstance(field, TranslationField) else ""
        before, after = self._words(field, old), self._words(field, new)
        return Line(name, _label(field, name), before, after, language)

    def _words(self, field: "Field[Any, Any] | None", value: Any) -> str | None:
        if isinstance(value, (list, tuple)):
            return ", ".join(filter(None, (self._words(field, one) for one in value))) or None
        if value is None or value == "":
            return None
        if field is None:
            return str(value)
        if field.is_relation:
            return self._names.of(target_of(field), str(value))
        return value_in_words(field, str(value))

    def _name(self, edit: RecordedEdit) -> str:
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

    def _name_by_parts(self, edit: RecordedEdit) -> str:
        """The words of what the key consists of: “Kazakhstan (Party)” or “Protocol, P3”."""
        words: list[str] = []
        roles: list[str] = []
        for path, field, text in edit.parts():
            if "__" in path:
                words.append(self._names.of(target_of(field), text))
            else:
                (roles if field.choices else words).append(value_in_words(field, text))
        name = ", ".join(filter(None, words))
        return f"{name} ({', '.join(roles)})" if roles else name


def names_of(requests: Iterable[ChangeRequest], *, rights: "Rights | None") -> dict[int, str]:
    """Key of a change request → what its record is called, of those that belong to no initiative.

    What is yet to be made has the name that the request gives it; where nobody knows, its key.
    """
    others = [one for one in requests if one.initiative_id is None]
    own = {one.pk: _own_edit(one) for one in others}
    wording = Wording(own.values(), rights=rights)
    keys = {one.pk: KEY_SIGN.join(map(str, one.key)) for one in others}
    return {pk: wording.name(edit) or keys[pk] for pk, edit in own.items()}


def _own_edit(request: ChangeRequest) -> dict[str, Any]:
    own = (edit for edit in request.edits if edit["model"] == request.model)
    return next(own, {"model": request.model, "key": request.key, "action": "", "fields": {}})


def heading(edit: Told) -> str:
    """What one edit did; for more than one use `Wording`."""
    return Wording([edit]).heading(edit)


def lines(edit: Told) -> list[Line]:
    """The fields of one edit; for more than one use `Wording`."""
    return Wording([edit]).lines(edit)


def _label(field: "Field[Any, Any] | TranslationField | None", name: str) -> str:
    if field is None:
        return str(_WITHOUT_FIELD.get(name, name))
    if not isinstance(field, TranslationField):
        return str(field.verbose_name)
    words = {
        "text": field.translated_field.verbose_name,
        "language": Language(field.language).label,
    }
    return _("%(text)s (%(language)s)") % words
