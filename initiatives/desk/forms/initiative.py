"""The form of an initiative and of its sectors."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from initiatives.actions.initiatives import NOT_DELIVERED
from initiatives.desk.forms.cited_rows import LONGEST_PLACE
from initiatives.desk.forms.record import TitledForm
from initiatives.desk.forms.rows import GuardedRows
from initiatives.fields.whole_text import WholeTextFormField
from initiatives.lifecycle import ONLY_IMPLEMENTED, Status, contradiction_of
from initiatives.rights import Rights
from initiatives.rights.namesakes import TITLES, Named, namesakes
from initiatives.translatable import Translatable

_NOT_CITED = _(
    "This place would be kept for nothing: tick “Cite this source for everything entered here”, or "
    "empty the box."
)
_NAMED = 5  # records of one title that a message names


class PromiseForm(TitledForm):
    """A row with promised dates, which do not move without a reason, and with dates of what has
    happened, which are not in the future."""

    moved_because = WholeTextFormField(
        label=_("Why a promised date moves"),
        required=False,
        max_length=500,
        help_text=_("Kept in the public history when a planned date is changed."),
    )

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        cleaned = self.cleaned_data
        for name in {"actual", "actual_start", "actual_end"}.intersection(self.changed_data):
            if (day := cleaned.get(name)) and day.first > timezone.localdate():
                message = _("The date must not be in the future.")
                self.add_error(name, ValidationError(message, code="future"))
        return cleaned


def in_known_years(at: datetime) -> None:
    """Raises ValidationError for an instant whose UTC time Python or a database may not know."""
    if not 1900 < at.year < 9999:
        raise ValidationError(_("Give a year between 1901 and 9998."), code="year")


class InitiativeForm(PromiseForm):
    """`rights` are those of the officer, who is told of a record that has the title already.

    There may be two of one name, so `same_titles`, the codes that were told, confirms it.
    """

    rights: Rights | None = None
    same_titles = ""

    cite_everything = forms.BooleanField(
        label=_("Cite this source for everything entered here"),
        required=False,
        help_text=_("For milestones and amounts without a source."),
    )
    cite_place = WholeTextFormField(
        label=_("Place in the source"), max_length=LONGEST_PLACE, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cite_everything"].initial = self.instance._state.adding
        if "embargo_until" in self.fields:
            self.fields["embargo_until"].validators.append(in_known_years)

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        cleaned = self.cleaned_data
        if self.rights is not None and self.instance._state.adding:
            self._tell_namesakes([cleaned.get(name) for name in TITLES], self.rights)
        self._check_delivered(cleaned)
        if cleaned.get("cite_place") and not cleaned.get("cite_everything"):
            self.add_error("cite_place", ValidationError(_NOT_CITED, code="unused"))
        return cleaned

    def _check_delivered(self, cleaned: dict[str, Any]) -> None:
        if "delivered" not in self.fields or "delivered" in self.errors:
            return
        delivered = cleaned.get("delivered") or ""
        if delivered and self.instance.status != Status.IMPLEMENTED:
            self.add_error("delivered", ONLY_IMPLEMENTED)
        elif wrong := contradiction_of(delivered, [cleaned.get(n) or "" for n in NOT_DELIVERED]):
            self.add_error(NOT_DELIVERED[0], wrong)

    def _tell_namesakes(self, titles: list[str | None], rights: Rights) -> None:
        found = namesakes(titles, rights)
        confirmed = str(self.data.get("same_titles", "")).split()
        if any(one.code not in confirmed for one in found):
            self.same_titles = " ".join(one.code for one in found)
            links = format_html_join(", ", '<a href="{}">{} “{}”</a>', _named(found))
            message = _(
                "There is an initiative of this title already: %(records)s. Edit that one, or "
                "confirm below that this is another one."
            )
            self.add_error(None, ValidationError(_with(message, links), code="same_title"))


def _named(found: list[Named]) -> Iterator[tuple[str, str, str]]:
    for one in found[:_NAMED]:
        yield reverse("admin:initiatives_initiative_change", args=[one.key]), one.code, one.title


def _with(message: Translatable, links: str) -> str:
    """`message` as safe HTML with the `links` at their place."""
    return format_html(str(message).replace("%(records)s", "{}"), links)


class SectorFormSet(GuardedRows):
    """The sectors of an initiative, of which one at most is the main one."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        if sum(bool(form.cleaned_data.get("is_main")) for form in kept if form.is_valid()) > 1:
            raise ValidationError(_("Mark only one sector as the main sector."), code="two_mains")
