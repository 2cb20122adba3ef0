"""Values in words: the label of a choice, the name of a row, a date as people write it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.forms import BaseForm
from django.forms import Field as FormField
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from initiatives.desk.forms.record import is_key
from initiatives.fields.choice_set import ChoiceSetFormField, Member, split

EMPTY = "–"


class Words:
    """Tells values in words; a row that was named once is not asked for again."""

    def __init__(self) -> None:
        self._named: dict[tuple, str] = {}

    def learn(self, rows: Iterable[Any], references: list[str]) -> None:
        """Remember the names of what the fetched `rows` refer to."""
        for row in rows:
            for name in references:
                if (target := getattr(row, name)) is not None:
                    self._named[type(target), target.pk] = str(target)

    def tell(self, field: FormField, value: Any) -> str:
        """The `value` of the form field `field` in words; it may be a row or the key of one."""
        if isinstance(field, forms.ModelMultipleChoiceField):
            rows = value if value is not None else ()
            return ", ".join(sorted(self._name(field, row) for row in rows)) or EMPTY
        if isinstance(field, forms.ModelChoiceField):
            return EMPTY if value in (None, "") else self._name(field, value)
        if isinstance(field, ChoiceSetFormField):
            labels = dict(cast(list[Member], field.choices))
            return ", ".join(str(labels[one]) for one in split(value) if one in labels) or EMPTY
        if isinstance(field, forms.BooleanField):
            return _("yes") if value else _("no")
        return plain(value, getattr(field, "choices", ()))

    def typed(self, form: BaseForm, name: str) -> str:
        """What was typed into the field `name` of the bound `form`, even if it is no value."""
        raw = form[name].data
        if name not in form.errors and name in getattr(form, "cleaned_data", {}):
            return self.tell(form.fields[name], form.cleaned_data[name])
        return " ".join(map(str, raw)) if isinstance(raw, list) else str(raw or EMPTY)

    def _name(self, field: forms.ModelChoiceField, row: Any) -> str:
        if hasattr(row, "pk") or field.queryset is None:
            return str(row)
        model = field.queryset.model
        if (model, row) not in self._named:
            found = model._base_manager.filter(pk=row).first() if is_key(row) else None
            self._named[model, row] = str(found or row)
        return self._named[model, row]


def plain(value: object, choices: Iterable[Any] = ()) -> str:
    """A value that names no row, in words; `choices` as a model or a form has them."""
    if value is None or value == "":
        return EMPTY
    for key, label in choices or ():
        if str(key) == str(value):
            return str(label)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(localize(value))
