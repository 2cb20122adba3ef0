"""The form of one status change: just the fields that the new status needs."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.choices import Language
from initiatives.fields.date_forms import PartialDateFormField
from initiatives.forms.record import SeenVersion, show_refusal
from initiatives.lifecycle import NEED_LABELS, NEEDS, Need, Status, missing
from initiatives.models import Country, Event, StatusRequest

REASONS = tuple(f"reason_{language}" for language in Language.values)
# Which fields of this form meet a need. What is not named here lies on the record itself.
FIELDS = {
    Need.EFFECTIVE_DATE: ("effective",),
    Need.NOT_IN_FUTURE: ("effective",),
    Need.IN_ORDER: ("effective",),
    Need.REASON: REASONS,
    Need.DECIDING_SIDE: ("decided_by",),
    Need.SOURCE: ("source", "locator", "quote"),
    Need.PUBLIC_SOURCE: ("source", "locator", "quote"),
    Need.DECIDING_SOURCE: ("source", "locator", "quote", "event"),
}
ORDER = ("effective", *REASONS, "decided_by", "continued_in", "source", "locator", "quote", "event")


def fields_for(to, *, correcting=False):
    """The names of the fields that the status `to` needs, in the order of the form."""
    names = {name for need in NEEDS[Status(to)] for name in FIELDS.get(need, ())}
    if correcting:
        names |= {*REASONS, "source", "locator", "quote"}
    if to == Status.CANCELLED:
        names.add("continued_in")
    return [name for name in ORDER if name in names]


def lacking_on_record(initiative, to):
    """The needs of `to` that the record does not meet and that no field of this form can."""
    facts = actions.facts_for(
        initiative,
        effective=None,
        reason="",
        source=None,
        event=None,
        decided_by=None,
        second_person=True,
    )
    return [need for need in missing(to, facts) if need not in FIELDS]


def details_of(cleaned):
    """What the verbs of `actions` want to know of a status, from the cleaned fields of a form."""
    names = ("effective", "source", "event", "decided_by", "continued_in")
    details = {name: cleaned.get(name) for name in names}
    details |= {name: cleaned.get(name, "") for name in ("locator", "quote")}
    reasons = {language: cleaned.get(f"reason_{language}") for language in Language.values}
    return {**details, "reason": reasons}


def show_lost_place(form, cleaned):
    """A place in a source, or its words, would be lost without the source."""
    if cleaned.get("source") or "source" in form.errors:
        return
    if cleaned.get("locator") or cleaned.get("quote"):
        form.add_error("source", _("Name the source in which this stands."))


def show_needs(form, needs):
    """Put what is missing beside the field that meets it, or above the form."""
    for need in needs:
        name = FIELDS.get(need, (None,))[0]
        form.add_error(name if name in form.fields else None, NEED_LABELS[need])


class StatusForm(forms.ModelForm):
    """Enters a status through the action; what the action misses stands beside its field.

    `seen` is the number of the last status change that the officer had before them.
    """

    seen = SeenVersion(required=False)

    class Meta:
        model = StatusRequest
        fields = ORDER

    def __init__(self, *args, initiative, to, corrects=None, asks=False, **kwargs) -> None:
        """With `asks` the change only waits, because somebody else has to approve it."""
        super().__init__(*args, **kwargs)
        self.initiative, self.to, self.corrects, self.asks = initiative, to, corrects, asks
        self.fields["effective"].help_text = PartialDateFormField().help_text
        self.fields["seen"].initial = self._last_number()
        self._narrow("event", Event.objects.filter(initiatives__initiative=initiative).distinct())
        self._narrow("decided_by", Country.objects.taking_part_in([initiative]))

    def clean(self):
        cleaned = super().clean()
        if Need.DECIDING_SOURCE in NEEDS[Status(self.to)]:  # the others need a source anyway
            show_lost_place(self, cleaned)
        if self.conflicts:
            message = _(
                "Somebody changed the status in the meantime. Nothing that you typed is lost: "
                "compare, then save again."
            )
            self.add_error(None, ValidationError(message, code="conflict"))
        return cleaned

    @property
    def conflicts(self) -> bool:
        """Whether the status was changed after the officer opened the form, and not compared."""
        accepted = [self.data.get(name) for name in ("seen", "overwrite")]
        return self.is_bound and self._last_number() not in accepted

    def enter(self, *, by):
        """The new StatusChange or StatusRequest; None if something is missing, with errors."""
        try:
            return self._act(by)
        except actions.NeedsMissing as lacks:
            show_needs(self, lacks.needs)
        except ValidationError as refusal:
            show_refusal(self, refusal)
        return None

    def _act(self, by):
        details = details_of(self.cleaned_data)
        if self.asks:
            details["corrects"] = self.corrects
            return actions.request_status(self.initiative, to=self.to, by=by, **details)
        if self.corrects is not None:
            return actions.correct_status(self.corrects, to=self.to, by=by, **details)
        return actions.change_status(self.initiative, to=self.to, by=by, **details)

    def _narrow(self, name, queryset):
        if name in self.fields:
            self.fields[name].queryset = queryset.distinct()

    def _last_number(self):
        last = self.initiative.status_changes.order_by("number").last()
        return str(last.number if last else 0)
