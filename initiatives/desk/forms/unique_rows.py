"""Rows of a form that may exchange their values in one save.

What may be there only once is looked at over all rows as they will be, not against what is still
stored. And a row that takes over what made another one unique is saved as that other one: so no
moment has two of a kind, and histories and citations stay with what they are about.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet, UniqueConstraint

from initiatives.actions.recording import recorded_fields
from initiatives.fields.typed import field_of
from initiatives.models.record import Record

Key = tuple

if TYPE_CHECKING:

    class Base(forms.ModelForm):
        """Django's form, with the step that its stubs do not know."""

        def _post_clean(self) -> None: ...
else:
    Base = forms.ModelForm


class RowForm(Base):
    """A row of a form; what has to be unique is left to the rows together."""

    def _post_clean(self) -> None:
        # Django asks the instance for all its rules, of which only this form leaves some out.
        self.instance.validate_constraints = self._validate_rules
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints

    def _validate_rules(self, exclude: set[str] | None = None) -> None:
        errors: dict = {}
        for model, constraints in self.instance.get_constraints():
            for rule in constraints:
                if isinstance(rule, UniqueConstraint):
                    continue
                try:
                    rule.validate(model, self.instance, exclude=exclude)
                except ValidationError as wrong:
                    errors = wrong.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)


class UniqueRows(forms.BaseInlineFormSet):
    """The rows of `RowForm`; `settled` says what has to be saved and removed."""

    # What each set has by the factory and by Django; the stubs know less of it.
    model: type[Any]
    prefix: str
    queryset: QuerySet[Any]
    _pk_field: "Field[Any, Any]"
    _should_delete_form: Callable[[forms.ModelForm], bool]

    def clean(self) -> None:
        super().clean()
        for fields in self._rules():
            self._check_once(fields)

    def _rules(self) -> Iterator[list[str]]:
        """The fields that together are unique, as far as the rows of the form show them."""
        shown = {self.fk.name, *self.form.base_fields}
        for rule in self.model._meta.constraints:
            is_unique = isinstance(rule, UniqueConstraint) and len(rule.fields) > 1
            if is_unique and shown.issuperset(rule.fields):
                yield list(rule.fields)

    def _check_once(self, fields: list[str]) -> None:
        kept = [form for form in self.forms if form.is_valid() and not self._is_left_out(form)]
        keys: dict[Key, forms.ModelForm] = {}
        for form in kept:
            key = _key(form.instance, fields, self.model)
            if None not in key and keys.setdefault(key, form) is not form:
                raise ValidationError(self.get_unique_error_message(fields), code="unique")
        changed = {key: form for key, form in keys.items() if form.has_changed()}
        for key in self._taken(fields, changed):
            instance = changed[key].instance
            changed[key].add_error(None, instance.unique_error_message(self.model, fields))

    def _is_left_out(self, form: forms.ModelForm) -> bool:
        is_blank = form.instance.pk is None and not form.has_changed()
        return is_blank or (self.can_delete and self._should_delete_form(form))

    def _taken(self, fields: list[str], changed: dict[Key, forms.ModelForm]) -> list[Key]:
        """Which of the keys of rows that changed a row has that is not in the form."""
        mine = [form.instance.pk for form in self.forms if form.instance.pk is not None]
        if self.fk.name in fields:
            others = [row for row in self.get_queryset() if row.pk not in mine]
        elif changed:
            wanted = Q()
            for form in changed.values():
                wanted |= Q(**{name: getattr(form.instance, name) for name in fields})
            others = self.model._default_manager.filter(wanted).exclude(pk__in=mine)
        else:
            others = []
        taken = {_key(row, fields, self.model) for row in others}
        return [key for key in changed if key in taken]

    def settled(self) -> tuple[list, list]:
        """The rows to remove and the rows to save, after `save(commit=False)`."""
        changed = [row for row, _fields in self.changed_objects]
        removed, saved = list(self.deleted_objects), [*self.new_objects, *changed]
        for fields in self._rules():
            owners = self._owners(fields, [*removed, *changed])
            meant = [owners.get(_key(row, fields, self.model)) for row in saved]
            if any(key not in (None, row.pk) for key, row in zip(meant, saved, strict=True)):
                return _exchanged(self.model, saved, removed, meant)
        return removed, saved

    def _owners(self, fields: list[str], rows: list) -> dict[Key, int]:
        """Which row is stored under each key."""
        keys = {row.pk for row in rows}
        parent = self.instance.pk
        return {
            tuple(
                parent if name == self.fk.name else _plain(form.initial.get(name))
                for name in fields
            ): form.instance.pk
            for form in self.initial_forms
            if form.instance.pk in keys
        }


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)


def _key(row: Record, fields: list[str], model: type[Model]) -> Key:
    return tuple(getattr(row, field_of(model, name).attname) for name in fields)


def _exchanged(model: type[Record], saved: list, removed: list, meant: list) -> tuple[list, list]:
    """What is to be removed and saved, if each of `saved` becomes the row that is `meant`."""
    own = [row.pk for row in saved if row.pk is not None]
    free = dict.fromkeys([*own, *(row.pk for row in removed)])
    becomes: list[int | None] = [None] * len(saved)
    for place, key in enumerate(meant):
        if key in free:
            becomes[place] = key
            del free[key]
    for place, row in enumerate(saved):
        if becomes[place] is None and row.pk is not None:
            key = row.pk if row.pk in free else next((one for one in own if one in free), None)
            becomes[place] = key
            free.pop(key, None)
    stored = model._default_manager.in_bulk([*filter(None, becomes), *free])
    rows = [
        row if key is None else _with_values(stored[key], row)
        for key, row in zip(becomes, saved, strict=True)
    ]
    for row in rows:
        if row in saved and row.pk is not None and row.pk not in becomes:
            row.pk, row._state.adding = None, True
    return [stored[key] for key in free], rows


def _with_values(stored: Record, row: Record) -> Record:
    """The `stored` row with what `row` says."""
    for field in recorded_fields(type(stored)):
        setattr(stored, field.attname, getattr(row, field.attname))
    return stored
