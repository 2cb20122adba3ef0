"""The fields of a status in the order in which an officer thinks of them, under headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django import forms
from django.forms import BaseForm
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.choices import Language
from initiatives.desk.forms.status_fields import OUTCOMES, REASONS, SAME_DAY
from initiatives.lifecycle import Status
from initiatives.translatable import Translatable


@dataclass(frozen=True)
class Texts:
    """One text in four languages: the officer's own is open, the others are folded."""

    own: forms.BoundField
    others: list[forms.BoundField]

    @classmethod
    def of(cls, fields: list[forms.BoundField]) -> "Texts":
        language = get_language()
        own = next((one for one in fields if one.name.endswith(f"_{language}")), fields[0])
        return cls(own, [one for one in fields if one is not own])

    @property
    def number(self) -> int:
        return len(self.others)

    @property
    def written(self) -> int:
        return sum(bool(one.value()) for one in self.others)

    @property
    def is_open(self) -> bool:
        """Whether the other languages are to be seen, because something is wrong with one."""
        return any(one.errors for one in self.others)


@dataclass(frozen=True)
class Group:
    """Fields under one heading: single ones, or one text in four languages."""

    label: Translatable
    hint: Translatable = ""
    fields: list[forms.BoundField] = field(default_factory=list)
    texts: Texts | None = None


_SAME_DAY = {
    "actual_start": _(
        "The status and the start take this one day, unless the start names another."
    ),
    "actual_end": _("The status and the end take this one day, unless the end names another."),
}


_PART = _("In part: the rest is no longer worked on, else it is still in progress.")


def groups_of(form: forms.Form, to: str) -> Iterator[Group]:
    """What the status says, before the milestones that end with it."""
    same_day = _SAME_DAY.get(SAME_DAY.get(Status(to), ""), "")
    yield from _group(form, _("Since when"), same_day, ("effective", "actual_start", "actual_end"))
    yield from _group(form, _("How much of it"), _PART, ("delivered",))
    hint = _("Only of what was delivered in part, for the public.")
    yield from _texts(form, _("What was not delivered"), hint, NOT_DELIVERED)
    yield from _texts(form, _("Outcome"), _("What came of it, for the public."), OUTCOMES)
    yield from _texts(form, _("Reason"), _("The public will read it."), REASONS)
    yield from _group(form, _("Decision"), "", ("decided_by", "continued_in"))


CITED = _("It is cited for the status, and for the milestones that end here.")


def evidence_of(form: forms.Form, *, hint: Translatable = CITED) -> Iterator[Group]:
    """What shows that it is so."""
    yield from _group(form, _("Source"), hint, ("source", "locator", "quote", "event"))


def _group(
    form: BaseForm, label: Translatable, hint: Translatable, names: Iterable[str]
) -> Iterator[Group]:
    if fields := [form[name] for name in names if name in form.fields]:
        yield Group(label, hint, fields)


def _texts(
    form: BaseForm, label: Translatable, hint: Translatable, names: Iterable[str]
) -> Iterator[Group]:
    if fields := [form[name] for name in names if name in form.fields]:
        for bound in fields:
            bound.label = capfirst(Language(bound.name.rpartition("_")[2]).label)
        yield Group(label, hint, texts=Texts.of(fields))
