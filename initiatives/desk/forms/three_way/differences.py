"""One row of a form, field by field: what both changed, what only they did, what only I did."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.forms import ModelForm
from django.utils.translation import gettext as _

from initiatives.desk.forms.record import is_key
from initiatives.desk.forms.three_way.choices import as_text
from initiatives.desk.forms.three_way.diff_view import CONFLICT, THEIRS, Difference, RowView
from initiatives.desk.forms.three_way.past import Rewound, value_of
from initiatives.desk.forms.three_way.sent import sent
from initiatives.desk.forms.three_way.words import EMPTY, Words, plain
from initiatives.models import Change
from initiatives.models.record import Record
from initiatives.text.plain_text import clean


def number(text: str | None) -> int | None:
    """The version that a hidden field holds, None if it holds none."""
    return int(text) if text is not None and is_key(text) else None


def names_of(
    model: type[Model], fields: dict[str, Any], without: Collection[str] = ()
) -> list[str]:
    """The names of those form fields that hold a field of `model`."""
    held = {each.name for each in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    own = held - {model._meta.pk.name, *without}
    return [name for name in fields if name in own and not fields[name].disabled]


class RowComparison:
    """Compares a bound `form` with the row as it is stored now.

    `prefix` is the one that the form gets when it is shown again. `values` are what the data of
    that form must be given: theirs in every field that I did not touch.
    """

    def __init__(
        self,
        form: ModelForm,
        stored: Record,
        changes: list[Change],
        words: Words,
        prefix: str | None = None,
        without: Collection[str] = (),
    ) -> None:
        self.form, self.stored, self.words, self.prefix = form, stored, words, prefix
        seen = number(form[_SEEN].data) if _SEEN in form.fields else None
        merged = number(form[_MERGED].data) if _MERGED in form.fields else None
        self.before = Rewound(stored, changes, seen)
        self.base = self.before if merged is None else Rewound(stored, changes, merged)
        self.values: dict[str, list[str]] = {}
        self.view = RowView(stored)
        for name in names_of(type(stored), form.fields, without):
            self._compare(name)

    def _compare(self, name: str) -> None:
        theirs = value_of(self.stored, name)
        changed_by_me = not self.base.knows(name) or self._differs(name, self.base.value(name))
        if not changed_by_me:
            self.values |= sent(self.form.fields[name], name, theirs)
        changed_by_them = not self.before.knows(name) or self.before.value(name) != theirs
        if not changed_by_them:
            self.view.mine += [self._label(name)] if changed_by_me else []
        elif not changed_by_me:
            self._tell(name, theirs, THEIRS) if self.before.knows(name) else None
        elif self._differs(name, theirs):
            self._tell(name, theirs, CONFLICT)

    def _differs(self, name: str, value: Any) -> bool:
        """Whether what was typed is another value than `value`."""
        typed = self.form[name].data
        typed = clean(typed) if isinstance(typed, str) else typed
        return self.form.fields[name].has_changed(value, typed)

    def _tell(self, name: str, theirs: int | str, kind: str) -> None:
        field = self.form.fields[name]
        told = Difference(
            label=self._label(name),
            theirs=self.words.tell(field, theirs),
            mine=self.words.typed(self.form, name),
            kind=kind,
            change=self.before.last_change(name),
            anchor=f"id_{self._html_name(name)}",
        )
        if self.before.knows(name):
            told.before = self.words.tell(field, self.before.value(name))
        if kind == CONFLICT:
            told.choice = self._html_name(name)
            told.choice_values = as_text(sent(field, told.choice, theirs))
        self.view.differences.append(told)

    def tell_the_rest(self) -> None:
        """Add what they changed of the row that is no field of this form, such as its status."""
        names = dict.fromkeys(name for change in self.before.changes for name in change.fields)
        for name in names:
            if name not in self.form.fields:
                self._tell_stored(self.stored._meta.get_field(name), name)

    def _tell_stored(self, field: Any, name: str) -> None:
        if field.is_relation or self.before.value(name) == value_of(self.stored, name):
            return
        told = [
            plain(value, field.choices)
            for value in (value_of(self.stored, name), self.before.value(name))
        ]
        self.view.differences.append(
            Difference(
                str(field.verbose_name),
                told[0],
                EMPTY,
                told[1],
                change=self.before.last_change(name),
            )
        )

    def tell_removal(self) -> None:
        """I remove a row that they changed: theirs may be kept."""
        self.view.note = _("You remove this row, and it was changed meanwhile.")
        self.view.mine = []
        choice = self._html_name("DELETE")
        last = self.before.changes[0] if self.before.changes else None
        self.view.differences.append(
            Difference(
                label=_("This row"),
                before=_("there"),
                theirs=_("stays, with the changes above"),
                mine=_("removed"),
                kind=CONFLICT,
                change=last,
                anchor=f"id_{choice}",
                choice=choice,
                choice_values=as_text({choice: []}),
            )
        )

    def _label(self, name: str) -> str:
        return str(self.form[name].label)

    def _html_name(self, name: str) -> str:
        return f"{self.prefix}-{name}" if self.prefix else self.form[name].html_name


_SEEN, _MERGED = "seen", "merged"
