"""One row of the table of points."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Delivered, EventRelation, Kind
from initiatives.desk.forms.session.countries import CountryNames
from initiatives.desk.forms.session.matching import Candidate
from initiatives.desk.forms.session.numbered_list import read_terms
from initiatives.fields.date_forms import PartialDateFormField, PartialDateInput
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.lifecycle import NEEDS, Need, Status
from initiatives.models import Country, Sector
from initiatives.translatable import Translatable

NEW, NONE = "new", "none"
MOST_POINTS = 150
LONGEST_MILESTONE = LONGEST_NOT_DELIVERED = 250  # characters, as the models have it
_LINES = 2
_NO_RECORD = _("This belongs to a record: choose one, make a new one, or empty the box.")
_NO_STATUS = _("This goes with a status that asks for it: choose one, or empty the box.")
_NO_DEADLINE = _("This goes with a deadline: give one, or empty the box.")
_NOT_NEW = _("Only a new record gets its main sector here; empty the box.")


class PlainHidden(WholeTextFormField):
    """What the page remembers of a row; nobody types it."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class PointForm(forms.Form):
    """`number` and `decision` are the protocol's own. `initiative` is what is looked for, `choice`
    which of the records found is meant; `found_for` is the text that the choice was offered for.
    """

    number = WholeTextFormField(label=_("No."), required=False, max_length=20)
    decision = WholeTextFormField(
        label=_("Decision, as the protocol says it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": _LINES}),
    )
    initiative = WholeTextFormField(
        label=_("Initiative: code, title or words"), required=False, max_length=250
    )
    choice = forms.CharField(label=_("Which record"), required=False, widget=forms.Select)
    relation = forms.ChoiceField(
        label=_("Relation"),
        required=False,
        choices=EventRelation.choices,
        initial=EventRelation.DECIDED,
    )
    to = forms.ChoiceField(
        label=_("New status"),
        required=False,
        choices=[("", _("stays")), *Status.choices],
    )
    responsible = WholeTextFormField(
        label=_("Responsible side"), required=False, widget=forms.TextInput(attrs={"size": 12})
    )
    deadline = PartialDateFormField(
        label=_("Deadline"), required=False, help_text="", widget=PartialDateInput({"size": 9})
    )
    milestone = WholeTextFormField(
        label=_("Name of the milestone, if not the decision itself"),
        required=False,
        max_length=LONGEST_MILESTONE,
        help_text="",
    )
    day = PartialDateFormField(
        label=_("Actual start or end, if not the day of the session"),
        required=False,
        help_text="",
    )
    outcome = WholeTextFormField(
        label=_("Outcome, for what is implemented"),
        required=False,
        widget=forms.Textarea(attrs={"rows": _LINES}),
    )
    delivered = forms.ChoiceField(
        label=_("Delivered, of what is implemented"),
        required=False,
        choices=[("", "–"), *Delivered.choices],
    )
    not_delivered = WholeTextFormField(
        label=_("What was not delivered, if in part"),
        required=False,
        max_length=LONGEST_NOT_DELIVERED,
        help_text="",
        widget=forms.Textarea(attrs={"rows": _LINES}),
    )
    sector = forms.ChoiceField(label=_("Main sector of a new record"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of a new record"), required=False, choices=Kind.choices, initial=Kind.OTHER
    )
    found_for = PlainHidden(required=False)

    DETAILS = ("milestone", "day", "outcome", "delivered", "not_delivered", "sector", "kind")

    def __init__(
        self,
        *args: Any,
        countries: CountryNames,
        sectors: dict[str, Sector],
        is_numbered: bool = False,
        **kwargs: Any,
    ) -> None:
        """With `is_numbered` the page numbers its rows itself, so a number alone is no point."""
        super().__init__(*args, **kwargs)
        self.is_numbered = is_numbered
        self.countries = countries
        self.sectors = sectors  # by their keys, read once for all rows
        chosen = cast(forms.ChoiceField, self.fields["sector"])
        chosen.choices = [("", "–"), *((pk, str(one)) for pk, one in sectors.items())]
        self.fields["responsible"].widget.attrs["list"] = "session-countries"
        self.offered: list = []
        self.note = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was typed; such a row is no point."""
        typed = "decision initiative to responsible deadline".split()
        if not self.is_numbered:
            typed.append("number")
        return not any(self.typed(name) for name in (*typed, *self.DETAILS[:-1]))

    def typed(self, name: str) -> str:
        """What stands in a box, as text."""
        value = self.data.get(self.add_prefix(name), "") if self.is_bound else ""
        return str(value).strip()

    def offer(self, candidates: list[Candidate], *, chosen: str) -> None:
        """Let the officer choose among `candidates`, a new record and none."""
        self.offered = [(str(one.pk), str(one)) for one in candidates]
        others = [(NEW, _("A new record, as a draft")), (NONE, _("None: for the session only"))]
        options: list = [*self.offered, *others]
        if not chosen:
            options = [("", _("Choose…")), *options]
        cast(forms.Select, self.fields["choice"].widget).choices = options
        self.put("choice", chosen)
        self.put("found_for", self.typed("initiative"))

    def put(self, name: str, text: str) -> None:
        """Let `text` stand in a box as if it had been sent."""
        cast(QueryDict, self.data)[self.add_prefix(name)] = text

    def has_details(self) -> bool:
        """Whether the fields that are folded away hold or lack something."""
        typed = any(self.typed(name) for name in self.DETAILS if name != "kind")
        return typed or any(name in self.errors for name in self.DETAILS)

    def refuse_unused(self) -> None:
        """Say at each box that nothing would come of what was typed into it."""
        for name, message in self._unused():
            if self.typed(name) and name not in self.errors:
                self.add_error(name, forms.ValidationError(message, code="unused"))

    def _unused(self) -> Iterator[tuple[str, Translatable]]:
        """(name of a box, why nothing comes of it); the decision keeps what was read out of it."""
        read = read_terms(self.typed("decision"), self.countries.begun_with)
        stated = dict(zip(("responsible", "deadline"), read, strict=True))
        lost = [name for name, text in stated.items() if self.typed(name) != text]
        if self.typed("choice") == NONE:
            names = (*lost, *self.DETAILS[:-1])
            yield from ((name, _NO_RECORD) for name in names)
            return
        needs = NEEDS[Status(to)] if (to := self.typed("to")) in Status.values else ()
        if not self.typed("deadline"):
            yield "milestone", _NO_DEADLINE
            if "responsible" in lost and Need.DECIDING_SIDE not in needs:
                yield "responsible", _NO_DEADLINE
        if not {Need.START, Need.END} & set(needs):
            yield "day", _NO_STATUS
        if not needs:
            yield "outcome", _NO_STATUS
        if Need.DELIVERED not in needs:
            yield "delivered", _NO_STATUS
            yield "not_delivered", _NO_STATUS
        if self.typed("choice") not in ("", NEW):
            yield "sector", _NOT_NEW

    def clean_decision(self) -> str:
        text = self.cleaned_data["decision"]
        if not text and not self.is_blank:
            raise forms.ValidationError(_("Write what was decided."), code="required")
        return text

    def clean_sector(self) -> Sector | None:
        return self.sectors.get(self.cleaned_data["sector"])

    def clean_responsible(self) -> Country | None:
        text = self.cleaned_data["responsible"]
        if not text:
            return None
        found = self.countries.sides(text)
        if len(found) > 1:
            message = _("Name one side; where both are responsible, leave it empty.")
            raise forms.ValidationError(message, code="several")
        return found[0] if found else None

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # The lines of a pasted text are those of the page; a name is one line of the same words.
        cleaned = self.cleaned_data if cleaned is None else cleaned
        name = cleaned.get("milestone") or " ".join(cleaned.get("decision", "").split())
        cleaned["milestone"] = name
        if cleaned.get("deadline") and "milestone" not in self.errors:
            self._check_milestone(name)
        return cleaned

    def _check_milestone(self, name: str) -> None:
        if len(name) > LONGEST_MILESTONE:
            message = _(
                "The decision is too long for the name of a milestone, which has at most "
                "%(most)s characters. Give it a short name; the decision is kept whole."
            )
            told = {"most": LONGEST_MILESTONE}
            error = forms.ValidationError(message, code="long", params=told)
            self.add_error("milestone", error)
