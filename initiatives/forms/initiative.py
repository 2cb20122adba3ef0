"""The form of an initiative and of its sectors."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.forms.record import TitledForm
from initiatives.forms.rows import GuardedRows


class PromiseForm(TitledForm):
    """A row with promised dates, which do not move without a reason."""

    moved_because = forms.CharField(
        label=_("Why a promised date moves"),
        required=False,
        max_length=500,
        help_text=_("Kept in the public history when a planned date is changed."),
    )


def in_known_years(at) -> None:
    """Raises ValidationError for an instant whose UTC time Python or a database may not know."""
    if not 1900 < at.year < 9999:
        raise ValidationError(_("Give a year between 1901 and 9998."), code="year")


class InitiativeForm(PromiseForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "embargo_until" in self.fields:
            self.fields["embargo_until"].validators.append(in_known_years)


class SectorForm(forms.ModelForm):
    def _get_validation_exclusions(self):
        """Leave the rule of one main sector to the formset.

        The main sector may move from one row to another in one save, so the rule is looked at
        over all rows together and not against what is still stored.
        """
        return super()._get_validation_exclusions() | {"is_main"}


class SectorFormSet(GuardedRows):
    """The sectors of an initiative, of which one at most is the main one."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        if sum(bool(form.cleaned_data.get("is_main")) for form in kept if form.is_valid()) > 1:
            raise ValidationError(_("Mark only one sector as the main sector."), code="two_mains")
