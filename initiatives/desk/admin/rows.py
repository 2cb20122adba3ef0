"""Rows of a record, one line each: a stored one unfolds, a new one is typed in its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.http import HttpRequest

from initiatives.choices import Language
from initiatives.desk.admin.records import BlockInline
from initiatives.desk.forms.cited_rows import CITED
from initiatives.desk.forms.in_place import NEW_ORGANISATION, NEW_RECEIVER, NEW_SOURCE
from initiatives.desk.forms.in_place.boxes import Confirmation

_MADE_HERE = {*CITED, *NEW_ORGANISATION, *NEW_RECEIVER, *NEW_SOURCE}
_ENDINGS = tuple(f"_{language}" for language in Language.values)


class OneLineRows(BlockInline):
    """`main` names what stands in the line of a new row, texts without their language.

    `only_stored` names what has no place on a new row, `section` the part of the page, `blank` how
    many new rows a new record offers. A `folded` group is opened on demand.
    """

    template = "admin/desk/rows.html"
    section = ""
    main: tuple[str, ...] = ()
    only_stored: tuple[str, ...] = ()
    blank = 1
    folded = False

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """One to type into is always there, also without scripts."""
        return self.blank if obj is None else 1

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_change_related"):
            # A line has room for one button: to add what is not there yet.
            field.widget.can_change_related = field.widget.can_view_related = False
        return field


def name_of(field: Any) -> str:
    """The name of a field of Django's admin, be it typed or read only."""
    return field.field["name"] if field.is_readonly else field.field.name


def text_of(name: str) -> str:
    """The name of a field without its language."""
    return name[:-3] if name.endswith(_ENDINGS) else name


def language_of(name: str) -> str:
    """The language of a field that holds a text; empty for others."""
    return name[-2:] if name.endswith(_ENDINGS) else ""


def value_of(field: Any) -> Any:
    """What stands in the field as it is shown."""
    if field.is_readonly:
        return getattr(field.form.instance, field.field["name"], None)
    return field.field.value()


@dataclass
class ShownRow:
    """One row: `main` stands in its line where it is new, `rest` is unfolded."""

    shown: InlineAdminForm
    main: list
    rest: list
    is_new: bool
    is_template: bool

    @property
    def form(self) -> Any:
        return self.shown.form

    @property
    def is_open(self) -> bool:
        """What was typed and is not saved, or is wrong, is not folded away."""
        return self.form.is_bound and (bool(self.form.errors) or self.form.has_changed())

    @property
    def is_rest_open(self) -> bool:
        if not self.form.is_bound:
            return False
        names = {name_of(field) for field in self.rest}
        return bool(names & self.form.errors.keys())


@dataclass
class ShownRows:
    """All rows of one kind, with what the template of Django's rows needs."""

    group: InlineAdminFormSet
    rows: list[ShownRow]

    @property
    def prefix(self) -> str:
        return self.group.formset.prefix

    @property
    def stored(self) -> int:
        return sum(not row.is_new for row in self.rows)

    @property
    def errors(self) -> int:
        formset = self.group.formset
        if not formset.is_bound:
            return 0
        rows = sum(len(errors) for errors in formset.errors)
        return rows + len(formset.non_form_errors())

    @property
    def is_open(self) -> bool:
        """Whether a folded group is shown open."""
        return bool(self.errors) or any(row.is_open for row in self.rows)


def shown_rows(group: InlineAdminFormSet, language: str) -> ShownRows:
    """The rows of `group` for somebody who works in `language`."""
    forms = list(group)
    last = len(forms) - 1 if group.has_add_permission else None
    rows = [
        _shown_row(group.opts, shown, language, is_template=place == last)
        for place, shown in enumerate(forms)
    ]
    return ShownRows(group, rows)


def _shown_row(
    inline: OneLineRows, shown: InlineAdminForm, language: str, *, is_template: bool
) -> ShownRow:
    is_new = shown.original is None
    fields = [field for field in _fields(shown) if not _is_out_of_place(inline, field, is_new)]
    main = [field for field in fields if _is_main(inline, name_of(field), language)]
    rest = [field for field in fields if field not in main]
    return ShownRow(shown, main, rest, is_new, is_template)


def _fields(shown: InlineAdminForm) -> Iterator:
    for fieldset in shown:
        for line in fieldset:
            yield from line


def _is_main(inline: OneLineRows, name: str, language: str) -> bool:
    return text_of(name) in inline.main and language_of(name) in ("", language)


def _is_out_of_place(inline: OneLineRows, field: Any, is_new: bool) -> bool:
    name = name_of(field)
    if field.is_readonly and name in _MADE_HERE:
        return True  # there is nothing to choose for whoever only reads
    if not field.is_readonly and isinstance(field.field.field.widget, Confirmation):
        return not field.field.field.widget.told
    return is_new and text_of(name) in inline.only_stored and not value_of(field)
