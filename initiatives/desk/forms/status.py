"""The form of one status change: just the fields that the new status needs, of record and parts."""

from collections.abc import Collection
from copy import copy
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives import actions
from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.choices import Language
from initiatives.desk.forms.record import SeenVersion, is_key, offer, show_refusal
from initiatives.desk.forms.status_fields import FIELDS, RECORD, SAME_DAY
from initiatives.desk.forms.status_milestones import OpenMilestone, open_milestones
from initiatives.lifecycle import NEED_LABELS, NEEDS, Need, Status, contradiction_of, missing
from initiatives.models import Change, ChangeRequest, Country, Event, Initiative, StatusChange
from initiatives.notation import date_in_words
from initiatives.rights import Rights
from initiatives.timeline.names import name_of

_LATER = _(
    "The status before it has held since %(date)s. Give that date or a later one, or correct that "
    "entry first."
)


def lacking_on_record(initiative: Initiative, to: str) -> list[Need]:
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
    needs = missing(to, facts)
    return [need for need in needs if need not in FIELDS and need != Need.MILESTONES]


def details_of(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What the verbs of `actions` want to know of a status, from the cleaned fields of a form."""
    names = ("effective", "source", "event", "decided_by", "continued_in")
    details = {name: cleaned.get(name) for name in names}
    details |= {name: cleaned.get(name, "") for name in ("locator", "quote")}
    reasons = {language: cleaned.get(f"reason_{language}") for language in Language.values}
    return {**details, "reason": reasons}


def show_lost_place(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """A place in a source, or its words, would be lost without the source."""
    if cleaned.get("source") or "source" in form.errors:
        return
    if cleaned.get("locator") or cleaned.get("quote"):
        form.add_error("source", _("Name the source that says this."))


def show_contradiction(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """What was not delivered is not dropped because “in full” was chosen, nor the other way."""
    names = [name for name in NOT_DELIVERED if name in form.fields]
    if not names or form.errors.keys() & {"delivered", *names}:
        return
    texts = [cleaned.get(name) or "" for name in names]
    if wrong := contradiction_of(cleaned.get("delivered") or "", texts):
        form.add_error(names[0], wrong)


def show_needs(form: forms.Form, needs: list[Need]) -> None:
    """Put what is missing beside the field that meets it, or above the form."""
    for need in needs:
        name = FIELDS.get(need, (None,))[0]
        form.add_error(name if name in form.fields else None, NEED_LABELS[need])


class StatusForm(forms.Form):
    """Enters a status with what it needs of the record; what is missing stands beside its field.

    `seen` is the number of the last status change that the officer had before them, `version` that
    of the record.
    """

    seen = SeenVersion(required=False)
    version = SeenVersion(required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        initiative: Initiative,
        to: str,
        fields: dict[str, forms.Field],
        milestone_fields: dict[str, forms.Field],
        initial: dict[str, Any] | None = None,
        corrects: StatusChange | None = None,
        asks: bool = False,
    ) -> None:
        """With `asks` the change only waits, because somebody else has to approve it.

        `fields` are those that `to` needs, `milestone_fields` those of each open milestone.
        """
        of_record = {name: getattr(initiative, name) for name in RECORD if name in fields}
        super().__init__(data, initial={**of_record, **(initial or {})})
        self.initiative, self.to, self.corrects, self.asks = initiative, to, corrects, asks
        self.fields |= fields
        self.milestones: list[OpenMilestone] = []
        if Need.MILESTONES in NEEDS[Status(to)]:
            self.milestones = list(open_milestones(self, initiative))
        for milestone in self.milestones:
            milestone.add_fields(milestone_fields)
        self.fields["seen"].initial = self._last_number()
        self.fields["version"].initial = initiative.version
        self._narrow("event", Event.objects.filter(initiatives__initiative=initiative).distinct())
        self._narrow("decided_by", Country.objects.taking_part_in([initiative]))

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if Need.DECIDING_SOURCE in NEEDS[Status(self.to)]:  # the others need a source anyway
            show_lost_place(self, cleaned)
        show_contradiction(self, cleaned)
        for milestone in self.milestones:
            milestone.check(cleaned)
        if self.conflicts:
            message = _(
                "Somebody changed the status in the meantime. Nothing that you typed is lost: "
                "compare, then save again."
            )
            self.add_error(None, ValidationError(message, code="conflict"))
        self._tell_changed_record()
        if self.errors:
            show_needs(self, self._further_needs(cleaned))
        return cleaned

    def _further_needs(self, cleaned: dict[str, Any]) -> list[Need]:
        """What else the status lacks: told with what is wrong, so that nobody mends it twice."""
        typed, details = copy(self.initiative), details_of(cleaned)
        for name, value in self._of_record(cleaned).items():
            setattr(typed, name, value)
        facts = actions.facts_for(
            typed,
            **{name: details[name] for name in ("effective", "source", "event", "decided_by")},
            reason="".join(text or "" for text in details["reason"].values()),
            second_person=True,
            to=self.to,
            corrects=self.corrects,
        )
        places = ((need, FIELDS.get(need, ())) for need in missing(self.to, facts))
        return [
            need
            for need, names in places
            if names and names[0] in self.fields and self.errors.keys().isdisjoint(names)
        ]

    def _of_record(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The fields of the record as they would be; the day of the status may be theirs."""
        record = {name: cleaned.get(name) for name in RECORD if name in self.fields}
        same = SAME_DAY.get(Status(self.to))
        if same in record and record[same] is None:
            record[same] = cleaned.get("effective")
        return record

    @property
    def conflicts(self) -> bool:
        """Whether the status was changed after the officer opened the form, and not compared."""
        accepted = [self.data.get(name) for name in ("seen", "overwrite")]
        return self.is_bound and self._last_number() not in accepted

    def _tell_changed_record(self) -> None:
        """What others wrote into these fields since the form was opened is not replaced unseen."""
        seen = self.data.get("version", "")
        if not is_key(seen) or int(seen) >= self.initiative.version:
            return
        later = self.initiative.changes.filter(version__gt=int(seen)).order_by("pk")
        for change in later.select_related("recorded_by"):
            for name in change.fields.keys() & self.fields.keys() & set(RECORD):
                self._tell_changed(name, change)
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(self.initiative.version)
        self.data = data

    def _tell_changed(self, name: str, change: Change) -> None:
        if change.model != "initiative" or self[name].data == (change.fields[name][1] or ""):
            return
        message = _("%(who)s changed this to “%(now)s” meanwhile. Save again to replace it.")
        who = name_of(change.recorded_by) if change.recorded_by else _("Somebody")
        params = {"who": who, "now": change.fields[name][1] or "–"}
        self.add_error(name, ValidationError(message, code="conflict", params=params))

    def enter(self, *, by: User | None, rights: Rights) -> StatusChange | ChangeRequest | None:
        """The new StatusChange or ChangeRequest; None if something is missing, with errors."""
        gate = actions.ApprovalGate(self.initiative, rights=rights, asks=self.asks)
        try:
            change = gate.run(lambda: self._act(by))
        except actions.NeedsMissing as lacks:
            show_needs(self, lacks.needs)
            self._tell_order(lacks.needs)
        except ValidationError as refusal:
            show_refusal(self, refusal)
        else:
            return gate.request or change
        return None

    def _act(self, by: User | None) -> StatusChange | ChangeRequest:
        cleaned, day = self.cleaned_data, self.cleaned_data.get("effective")
        return actions.enter_status(
            self.initiative,
            to=self.to,
            by=by,
            record=self._of_record(cleaned),
            milestones=[one.ended(cleaned, day) for one in self.milestones],
            corrects=self.corrects,
            awaits_approval=self.asks,
            **details_of(cleaned),
        )

    def _tell_order(self, needs: Collection[Need]) -> None:
        if Need.IN_ORDER in needs and self.initiative.status_since is not None:
            since = {"date": date_in_words(self.initiative.status_since)}
            self.add_error("effective", ValidationError(_LATER, code="order", params=since))

    def _narrow(self, name: str, rows: QuerySet[Any]) -> None:
        offer(self, name, rows.distinct())

    def _last_number(self) -> str:
        last = self.initiative.status_changes.order_by("number").last()
        return str(last.number if last else 0)
