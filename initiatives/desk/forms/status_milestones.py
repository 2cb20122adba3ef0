"""The open milestones on the page of a status: each reached on a day, or dropped for a reason."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.actions import MilestoneEnd
from initiatives.choices import Language
from initiatives.desk.forms.status_fields import DROPPED
from initiatives.lifecycle import NEED_LABELS, Need
from initiatives.models import Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.translatable import Translatable


@dataclass(frozen=True)
class OpenMilestone:
    """One milestone with the names of its fields in `form`."""

    form: forms.Form
    milestone: Milestone

    @staticmethod
    def prefix(milestone: Milestone) -> str:
        return f"milestone-{milestone.number}-"

    def name(self, part: str) -> str:
        return f"{self.prefix(self.milestone)}{part}"

    def add_fields(self, fields: dict[str, forms.Field]) -> None:
        for part, field in fields.items():
            self.form.fields[self.name(part)] = deepcopy(field)

    def bound(self) -> dict[str, forms.BoundField]:
        """Part → field, but for the reasons."""
        parts = ("end", "actual", "locator")
        return {part: self.form[self.name(part)] for part in parts}

    def texts(self) -> list[forms.BoundField]:
        """Why it was dropped, in the four languages."""
        fields = [self.form[self.name(part)] for part in DROPPED]
        for field in fields:
            field.label = Language(field.name.rpartition("_")[2]).label
        return fields

    @property
    def is_dropping(self) -> bool:
        """Whether the reasons are to be seen: one was typed, or it was said that one is needed."""
        is_dropped = self.form[self.name("end")].value() == "dropped"
        return is_dropped or any(one.value() or one.errors for one in self.texts())

    def check(self, cleaned: dict) -> None:
        """Put what is missing or contradicts itself beside its field."""
        end = cleaned.get(self.name("end"))
        reasons = any(cleaned.get(self.name(part)) for part in DROPPED)
        actual = cleaned.get(self.name("actual"))
        if not end and self.name("end") not in self.form.errors:
            self._refuse("end", NEED_LABELS[Need.MILESTONES])
        if end == "dropped" and not reasons:
            self._refuse(DROPPED[0], _("Say why it was dropped; the public will read it."))
        if end == "dropped" and actual:
            self._refuse("actual", _("What was dropped has no day on which it was reached."))
        if end == "reached" and reasons:
            self._refuse(DROPPED[0], _("What was reached was not dropped: choose one of the two."))
        if end == "reached" and actual and actual.first > timezone.localdate():
            self._refuse("actual", _("The date must not be in the future."))

    def _refuse(self, part: str, message: Translatable) -> None:
        self.form.add_error(self.name(part), message)

    def ended(self, cleaned: dict, day: PartialDate | None) -> MilestoneEnd:
        reached = cleaned.get(self.name("end")) == "reached"
        texts = {one: cleaned.get(self.name(f"dropped_reason_{one}")) for one in Language.values}
        return MilestoneEnd(
            number=self.milestone.number,
            actual=cleaned.get(self.name("actual")) or day if reached else None,
            dropped_reason={} if reached else {one: text or "" for one, text in texts.items()},
            locator=cleaned.get(self.name("locator")) or "",
        )


def open_milestones(form: forms.Form, initiative: Initiative) -> Iterator[OpenMilestone]:
    for milestone in initiative.milestones.all():
        if milestone.is_open:
            yield OpenMilestone(form, milestone)
