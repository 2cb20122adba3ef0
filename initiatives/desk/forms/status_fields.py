"""Which fields a status asks for, and whose they are: the record's, its history's, a source's."""

from collections.abc import Callable, Iterable

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.choices import Delivered, Language
from initiatives.fields.date_forms import PartialDateFormField
from initiatives.lifecycle import NEEDS, Need, Status
from initiatives.models import Citation, Initiative, Milestone, StatusChange

REASONS = tuple(f"reason_{language}" for language in Language.values)
OUTCOMES = tuple(f"outcome_{language}" for language in Language.values)
DROPPED = tuple(f"dropped_reason_{language}" for language in Language.values)
SOURCE = ("source", "locator", "quote")
DELIVERED = ("delivered", *NOT_DELIVERED)
RECORD = ("actual_start", "actual_end", *DELIVERED, *OUTCOMES)  # fields of the record itself
# Which fields meet a need. What is not named here lies on the record alone, but for milestones,
# which have fields of their own.
FIELDS = {
    Need.EFFECTIVE_DATE: ("effective",),
    Need.NOT_IN_FUTURE: ("effective",),
    Need.IN_ORDER: ("effective",),
    Need.REASON: REASONS,
    Need.DECIDING_SIDE: ("decided_by",),
    Need.START: ("actual_start",),
    Need.END: ("actual_end", "actual_start"),
    Need.END_NOT_IN_FUTURE: ("actual_end",),
    Need.OUTCOME: OUTCOMES,
    Need.DELIVERED: DELIVERED,
    Need.NOT_DELIVERED: NOT_DELIVERED,
    Need.SOURCE: SOURCE,
    Need.PUBLIC_SOURCE: SOURCE,
    Need.DECIDING_SOURCE: (*SOURCE, "event"),
}
ORDER = ("effective", *RECORD, *REASONS, "decided_by", "continued_in", *SOURCE, "event")
# The day of the status is also that of the start or the end, unless another one is given.
SAME_DAY = {Status.IN_PROGRESS: "actual_start", Status.IMPLEMENTED: "actual_end"}
FieldMaker = Callable[[type[Model], str], forms.Field]  # of the field so called of a model


def fields_for(to: str, *, correcting: bool = False) -> list[str]:
    """The names of the fields that the status `to` needs, in the order of the form."""
    names = {name for need in NEEDS[Status(to)] for name in FIELDS.get(need, ())}
    if correcting:
        names |= {*REASONS, *SOURCE}
    if to == Status.CANCELLED:
        names.add("continued_in")
    return [name for name in ORDER if name in names]


def form_fields(names: Iterable[str], make: FieldMaker) -> dict[str, forms.Field]:
    """Name → form field, made by `make` of the model to which the field belongs.

    None is demanded by itself: what a status needs, its rules say.
    """
    fields = {name: make(_owner(name), name) for name in names}
    for field in fields.values():
        field.required = False
    if "delivered" in fields:
        fields["delivered"] = delivered_field()
    if "effective" in fields:
        fields["effective"].label = _("Since when")
        fields["effective"].help_text = PartialDateFormField().help_text
    return fields


def delivered_field() -> forms.ChoiceField:
    """Both answers are to be seen, and none is given for the officer."""
    return forms.ChoiceField(
        label=_("Delivered"), choices=Delivered.choices, required=False, widget=forms.RadioSelect
    )


def _owner(name: str) -> type[Model]:
    if name in SOURCE:
        return Citation
    return Initiative if name in RECORD else StatusChange


def milestone_fields(make: FieldMaker) -> dict[str, forms.Field]:
    """The fields that end one open milestone, by what comes after its number in their names."""
    end = forms.ChoiceField(
        label=_("How it ended"),
        choices=[("reached", _("Reached")), ("dropped", _("Dropped"))],
        widget=forms.RadioSelect,
    )
    fields = {"end": end, "actual": make(Milestone, "actual")}
    fields |= {name: make(Milestone, name) for name in DROPPED}
    fields["locator"] = make(Citation, "locator")
    for field in fields.values():
        field.required = False
        field.help_text = ""
    fields["actual"].help_text = _("Left empty: the day on which the status begins.")
    return fields
