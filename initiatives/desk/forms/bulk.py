"""What is asked once for many initiatives."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms import Field as FormField
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.desk.forms.record import BoundedChoice, offer
from initiatives.desk.forms.status import show_contradiction, show_lost_place, show_needs
from initiatives.desk.forms.status_fields import DELIVERED, FIELDS, REASONS, RECORD, fields_for
from initiatives.lifecycle import Status, StatusFacts, missing
from initiatives.models import Country, Desk, Initiative, Sector, Source
from initiatives.translatable import Translatable

# What belongs to one initiative, and so cannot be the same for many.
_OF_ONE = {"continued_in", *RECORD} - {*DELIVERED}
# A form can meet these for all; what an event of the record may stand for is seen at each record.
_FOR_ALL = frozenset(need for need in FIELDS if not {"event", *_OF_ONE} & {*FIELDS[need]})


def fields_for_all(to: Status) -> list[str]:
    """The names of the fields that the status `to` needs and that may be the same for many, and
    the event, which any status may name."""
    names = [name for name in fields_for(to) if name not in _OF_ONE]
    return names if "event" in names else [*names, "event"]


class FailingForm(forms.Form):
    """Whether those that can be changed are changed if others cannot."""

    failing = forms.ChoiceField(
        label=_("If some cannot be changed"),
        choices=[("none", _("do none")), ("others", _("do the others"))],
        initial="none",
        widget=forms.RadioSelect,
    )


class ChoiceForm(forms.Form):
    """One row, chosen for all."""

    chosen = BoundedChoice(queryset=None)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        label: Translatable,
        rows: QuerySet[Desk] | QuerySet[Sector] | QuerySet[User],
    ) -> None:
        super().__init__(data)
        self.fields["chosen"].label = capfirst(label)
        offer(self, "chosen", rows)


class StatusForAllForm(forms.Form):
    """One status with its date, reason and source. What the fields lack is told once for all."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        to: Status,
        fields: dict[str, FormField],
        initiatives: list[Initiative],
        sources: QuerySet[Source],
        events: Any,
    ) -> None:
        """`fields` are those of `fields_for_all`, by name."""
        super().__init__(data)
        self.to = to
        self.fields |= fields
        sides = Country.objects.taking_part_in(initiatives)
        for name, rows in (("decided_by", sides), ("source", sources), ("event", events)):
            offer(self, name, rows)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        wrong = {need for need in _FOR_ALL if self.errors.keys() & set(FIELDS[need])}
        needs = missing(self.to, self._facts(cleaned))
        show_needs(self, [need for need in needs if need in _FOR_ALL - wrong])
        show_lost_place(self, cleaned)
        show_contradiction(self, cleaned)
        return cleaned

    def _facts(self, cleaned: dict[str, Any]) -> StatusFacts:
        source, side = cleaned.get("source"), cleaned.get("decided_by")
        return StatusFacts.of(
            today=timezone.localdate(),
            effective=cleaned.get("effective"),
            reasons=[cleaned.get(name) for name in REASONS],
            source=source,
            delivered=cleaned.get("delivered") or "",
            not_delivered=[cleaned.get(name) for name in NOT_DELIVERED],
            decided_by=side.iso2 if side else "",
        )
