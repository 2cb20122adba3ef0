"""Rows that point to something which is not stored yet: it is named in the row and made with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives import folding
from initiatives.choices import Language, OrganisationKind, SourceKind
from initiatives.fields.date_forms import PartialDateFormField
from initiatives.fields.whole_text import WholeAddressFormField, WholeTextFormField
from initiatives.forms.cited_rows import CitedAmountsForm, NewRowForm
from initiatives.forms.session.countries import CountryNames
from initiatives.forms.short_names import free_slug
from initiatives.models import Organisation, Source
from initiatives.plain_text import clean_line
from initiatives.titles import title_key, title_keys

NEW_ORGANISATION = ("new_organisation", "new_organisation_kind", "new_organisation_country")
NEW_SOURCE = ("new_source", "new_source_address", "new_source_kind", "new_source_published")
_NAMES = tuple(f"name_{language}" for language in Language.values)
_LOOKED_AT = 200  # stored rows with the same words
_SHOWN = 3


class MakesRow(forms.ModelForm):
    """`points` is the field that points to what may be made here, `named` the field that names it.

    `new_row` gives it, not stored yet. What only looks new, because it is stored under that name,
    is told and not made.
    """

    points = ""
    named = ""
    beside: tuple[str, ...] = ()  # what else is typed of it
    both = _("Choose a stored one or name a new one, not both.")
    nameless = _("Write the name of the new one, or empty this box.")
    stored = _("“%(names)s” is stored already. Choose it in the list, or name another one.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_needed = False
        if self.points in self.fields:
            self._is_needed = self.fields[self.points].required
            self.fields[self.points].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        cleaned = self.cleaned_data if found is None else found
        name, chosen = clean_line(cleaned.get(self.named) or ""), cleaned.get(self.points)
        typed = [one for one in self.beside if cleaned.get(one)]
        if name and chosen is not None:
            self.add_error(self.named, ValidationError(self.both, code="both"))
        elif name:
            self._check_new(name, cleaned)
        elif typed and self.named not in self.errors:
            self.add_error(typed[0], ValidationError(self.nameless, code="nameless"))
        elif self._is_needed and chosen is None and not self.errors:
            message = self.fields[self.points].error_messages["required"]
            self.add_error(self.points, ValidationError(message, code="required"))
        return cleaned

    def _check_new(self, name: str, cleaned: dict[str, Any]) -> None:
        kind = f"{self.named}_kind"
        if not cleaned.get(kind) and kind not in self.errors:
            message = _("Say of what kind the new one is.")
            self.add_error(kind, ValidationError(message, code="required"))
        if same := self.same(name, cleaned)[:_SHOWN]:
            params = {"names": ", ".join(map(str, same))}
            self.add_error(self.named, ValidationError(self.stored, code="stored", params=params))

    def same(self, name: str, cleaned: dict[str, Any]) -> list[Any]:
        """The stored rows, of those that the officer may choose, which have this name."""
        raise NotImplementedError

    def new_row(self, language: str) -> Any:
        """What is to be made, its texts in `language`; None where nothing is."""
        raise NotImplementedError


class NewOrganisation(MakesRow):
    """An organisation by its name, its kind and its country."""

    points, named, beside = "organisation", "new_organisation", NEW_ORGANISATION[1:]

    new_organisation = WholeTextFormField(
        label=_("New organisation"),
        max_length=250,
        required=False,
        help_text=_("Its name, if it is not in the list: it is stored with this row."),
    )
    new_organisation_kind = forms.ChoiceField(
        label=_("New organisation: kind"),
        required=False,
        choices=[("", "---------"), *OrganisationKind.choices],
    )
    new_organisation_country = WholeTextFormField(
        label=_("New organisation: country"),
        max_length=120,
        required=False,
        help_text=_("Name or code, for example UZ; empty if it is of no country."),
    )

    def clean_new_organisation_country(self) -> Any:
        text = self.cleaned_data["new_organisation_country"]
        found = CountryNames().sides(text) if text.strip() else []
        if len(found) > 1:
            raise ValidationError(_("Name one country."), code="several")
        return found[0] if found else None

    def same(self, name: str, cleaned: dict[str, Any]) -> list[Organisation]:
        rows = self.fields[self.points].queryset  # type: ignore[attr-defined]
        for word in folding.words(name)[:6]:
            rows = rows.filter(search_text__contains=word)
        wanted = title_key(name)
        return [one for one in rows[:_LOOKED_AT] if wanted in title_keys(_names_of(one))]

    def new_row(self, language: str) -> Organisation | None:
        name = clean_line(self.cleaned_data.get("new_organisation") or "")
        if not name:
            return None
        return Organisation(
            slug=free_slug(Organisation, name, "", "organisation"),
            kind=self.cleaned_data["new_organisation_kind"],
            country=self.cleaned_data.get("new_organisation_country"),
            **{f"name_{language}": name},
        )


class OrganisationRowForm(NewOrganisation, NewRowForm):
    """An organisation that takes part."""


class MoneyRowForm(NewOrganisation, CitedAmountsForm):
    """An amount, whose provider may be made with it."""

    points = "provider"


class SourceRowForm(MakesRow, NewRowForm):
    """A source that is cited for the record."""

    points, named, beside = "source", "new_source", (NEW_SOURCE[1], NEW_SOURCE[3])

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

    def same(self, name: str, cleaned: dict[str, Any]) -> list[Source]:
        url, key = cleaned.get("new_source_address") or "", title_key(name)
        like = Q(title__iexact=name) | Q(title=name)
        if url:
            like |= Q(url=url)
        rows = self.fields[self.points].queryset.filter(like)  # type: ignore[attr-defined]
        return [
            one
            for one in rows[:_LOOKED_AT]
            if (url and one.url == url) or title_key(one.title) == key
        ]

    def new_row(self, language: str) -> Source | None:
        cleaned = self.cleaned_data
        title = clean_line(cleaned.get("new_source") or "")
        if not title:
            return None
        published: Any = cleaned.get("new_source_published")
        return Source(
            title=title,
            slug=free_slug(Source, title, "", "source"),
            kind=cleaned["new_source_kind"],
            url=cleaned.get("new_source_address") or "",
            published=published,
            language=language,
        )


def _names_of(row: Organisation) -> list[str]:
    names = [getattr(row, name) or "" for name in _NAMES]
    return [*names, row.acronym, *(row.aliases or "").split(",")]
