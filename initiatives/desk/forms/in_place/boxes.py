"""The boxes of a row in which something new is named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.choices import OrganisationKind, SourceKind
from initiatives.fields.date_forms import PartialDateFormField
from initiatives.fields.whole_text import WholeAddressFormField, WholeTextFormField

CONFIRMS = "_other"  # ending of the box that says that what looks alike is another one
_OF_ORGANISATION = ("", "_kind", "_country", CONFIRMS)
NEW_ORGANISATION = tuple(f"new_organisation{ending}" for ending in _OF_ORGANISATION)
NEW_RECEIVER = tuple(f"new_receiver{ending}" for ending in _OF_ORGANISATION)
NEW_SOURCE = ("new_source", "new_source_address", "new_source_kind", "new_source_published")
_KINDS = [("", "---------"), *OrganisationKind.choices]
_MADE_WITH_IT = _("Its name, if it is not in the list: it is stored with this row.")
_COUNTRY = _("Name or code, for example UZ; empty if it is of no country.")
_CONFIRM = _("It is another organisation, though the name is much like it")


class Confirmation(forms.CheckboxInput):
    """A tick that says what it confirms: `told`, which is sent with it."""

    told = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["value"] = self.told or None
        if not value or value != self.told:
            context["widget"]["attrs"].pop("checked", None)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "")


def _confirmation() -> forms.CharField:
    return forms.CharField(label=_CONFIRM, required=False, widget=Confirmation)


class NamesOrganisation(forms.ModelForm):
    """An organisation by its name, its kind and its country."""

    new_organisation = WholeTextFormField(
        label=_("New organisation"), max_length=250, required=False, help_text=_MADE_WITH_IT
    )
    new_organisation_kind = forms.ChoiceField(
        label=_("New organisation: kind"), required=False, choices=_KINDS
    )
    new_organisation_country = WholeTextFormField(
        label=_("New organisation: country"), max_length=120, required=False, help_text=_COUNTRY
    )
    new_organisation_other = _confirmation()


class NamesReceiver(forms.ModelForm):
    """The organisation that receives, in the same way."""

    new_receiver = WholeTextFormField(
        label=_("New receiver"), max_length=250, required=False, help_text=_MADE_WITH_IT
    )
    new_receiver_kind = forms.ChoiceField(
        label=_("New receiver: kind"), required=False, choices=_KINDS
    )
    new_receiver_country = WholeTextFormField(
        label=_("New receiver: country"), max_length=120, required=False, help_text=_COUNTRY
    )
    new_receiver_other = _confirmation()


class NamesSource(forms.ModelForm):
    """A source by its title, address, kind and day."""

    new_source = WholeTextFormField(
        label=_("New source"),
        max_length=300,
        required=False,
        help_text=_("Its title, if it is not in the list: it is stored with this row."),
    )
    new_source_address = WholeAddressFormField(
        label=_("New source: address"),
        max_length=1000,
        required=False,
        assume_scheme="https",
    )
    new_source_kind = forms.ChoiceField(
        label=_("New source: kind"),
        required=False,
        choices=[("", "---------"), *SourceKind.choices],
    )
    new_source_published = PartialDateFormField(label=_("New source: published"), required=False)
