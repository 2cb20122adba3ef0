"""The page of an initiative in sections, each with an address of its own on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.desk.admin.rows import (
    OneLineRows,
    ShownRows,
    language_of,
    name_of,
    shown_rows,
    text_of,
    value_of,
)
from initiatives.desk.admin.working_language import OWN_NAMES

TITLES = {
    "texts": _("Texts"),
    "who": _("Who"),
    "when": _("When and milestones"),
    "money": _("Money"),
    "events": _("Events"),
    "sources": _("Sources"),
    "desk": _("Desk"),
    "history": _("History"),
}
FOLDED = "folded"  # class of a fieldset that is opened on demand
_FIRST = ("title", "summary")  # of the texts; the others are folded


@dataclass
class Fold:
    """Fields that are opened on demand."""

    title: str
    fields: list

    @property
    def is_open(self) -> bool:
        """What is wrong, or was typed and is not saved, is not folded away."""
        return any(_is_to_be_seen(one) for one in self.fields)

    @property
    def is_filled(self) -> bool:
        return any(value_of(one) for one in self.fields)


@dataclass
class LanguageTexts:
    """The texts of the record in one language."""

    code: str
    fields: list
    is_beside: bool = False

    @property
    def name(self) -> str:
        return OWN_NAMES[self.code]

    @property
    def first(self) -> list:
        return [one for one in self.fields if text_of(name_of(one)) in _FIRST]

    @property
    def folds(self) -> list[Fold]:
        others = [one for one in self.fields if one not in self.first]
        return [Fold(_label(one), [one]) for one in others]

    @property
    def missing(self) -> list[str]:
        return [_label(one) for one in self.first if not value_of(one)]

    @property
    def is_blank(self) -> bool:
        return not any(value_of(one) for one in self.fields)

    @property
    def is_translated(self) -> bool:
        return not self.missing

    @property
    def is_open(self) -> bool:
        return self.is_beside or Fold("", self.fields).is_open


@dataclass
class Section:
    """`fields` are open, `folds` are opened on demand, `rows` belong to the record."""

    anchor: str
    fields: list = field(default_factory=list)
    folds: list[Fold] = field(default_factory=list)
    rows: list[ShownRows] = field(default_factory=list)
    languages: list[LanguageTexts] = field(default_factory=list)
    description: str = ""

    @property
    def title(self) -> str:
        return str(TITLES[self.anchor])

    @property
    def errors(self) -> int:
        shown = [*self.fields, *(one for fold in self.folds for one in fold.fields)]
        shown += [one for each in self.languages for one in each.fields]
        own = sum(len(one.field.errors) for one in shown if not one.is_readonly)
        return own + sum(rows.errors for rows in self.rows)

    @property
    def working(self) -> LanguageTexts:
        return self.languages[0]

    @property
    def translated(self) -> int:
        return sum(each.is_translated for each in self.languages)


def sections_of(
    adminform: AdminForm,
    groups: Iterable[InlineAdminFormSet],
    *,
    language: str,
    side_by_side: bool = False,
) -> list[Section]:
    """The sections of the form and of the groups of rows that have something to show."""
    sections = {anchor: Section(anchor) for anchor in TITLES}
    for fieldset in adminform:
        _put(sections, fieldset)
    texts = sections["texts"]
    in_languages = [one for one in texts.fields if language_of(name_of(one))]
    texts.fields = [one for one in texts.fields if one not in in_languages]
    codes = [language, *(code for code in Language.values if code != language)]
    for code in codes:
        own = [one for one in in_languages if language_of(name_of(one)) == code]
        texts.languages.append(LanguageTexts(code, own, is_beside=side_by_side))
    for group in groups:
        if isinstance(group.opts, OneLineRows):
            sections[group.opts.section].rows.append(shown_rows(group, language))
        else:
            sections["history"].rows.append(ShownRows(group, []))
    return [each for each in sections.values() if each.fields or each.rows or each.languages]


def _is_to_be_seen(one: Any) -> bool:
    if one.is_readonly or not one.field.form.is_bound:
        return False
    return bool(one.field.errors) or one.field.name in one.field.form.changed_data


def _put(sections: dict[str, Section], fieldset: Any) -> None:
    classes = fieldset.classes.split()
    section = sections[next(name for name in classes if name in TITLES)]
    fields = [one for line in fieldset for one in line if _has_something_to_show(one)]
    if fieldset.description:
        section.description = fieldset.description
    if FOLDED not in classes:
        section.fields += fields
    elif fields:
        section.folds.append(Fold(fieldset.name, fields))


def _has_something_to_show(one: Any) -> bool:
    """What says something of the save alone is nothing to read."""
    if not one.is_readonly:
        return True
    names = {each.name for each in one.form.instance._meta.get_fields()}
    return name_of(one) in names or hasattr(one.model_admin, name_of(one))


def _label(one: Any) -> str:
    label = one.field["label"] if one.is_readonly else one.field.label
    return str(label).split(" [")[0]
