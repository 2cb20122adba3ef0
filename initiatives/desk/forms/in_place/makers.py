"""What a row may name and make, and what is wrong with what was typed of it."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.desk.address_clues import clues
from initiatives.desk.forms.in_place.boxes import CONFIRMS, Confirmation
from initiatives.desk.forms.in_place.stored import StoredNames, stored_names
from initiatives.desk.forms.short_names import free_slug
from initiatives.models import Organisation, Source
from initiatives.text.plain_text import clean_line

_SHOWN = 3
_LONGEST_HOST = 200  # characters; a longer one is no name of a publisher
_BOTH = _("Choose a stored one or name a new one, not both.")
_NAMELESS = _("Write the name of the new one, or empty this box.")
_KINDLESS = _("Say of what kind the new one is.")
_STORED = _("“%(names)s” is stored already. Choose it in the list, or name another one.")
_ALIKE = _(
    "There is “%(names)s”. If you meant it, choose it in the list; if this is another one, tick "
    "that below."
)


@dataclass(frozen=True)
class Maker:
    """`points` is the field of the row that points to what may be made, `named` the box that
    names it; the names of the other boxes begin with that."""

    points: str
    named: str
    beside: tuple[str, ...] = ()  # endings of the boxes that say nothing without a name

    def name_of(self, cleaned: dict[str, Any]) -> str:
        return clean_line(cleaned.get(self.named) or "")

    def said(self, cleaned: dict[str, Any], ending: str) -> Any:
        return cleaned.get(f"{self.named}{ending}")

    def check(self, row: "MakesRows", cleaned: dict[str, Any], *, is_needed: bool) -> None:
        """Tell in the row what is wrong."""
        name, chosen = self.name_of(cleaned), cleaned.get(self.points)
        typed = [ending for ending in self.beside if self.said(cleaned, ending)]
        if name and chosen is not None:
            row.add_error(self.named, ValidationError(_BOTH, code="both"))
        elif name:
            self._check_new(row, name, cleaned)
        elif typed and self.named not in row.errors:
            wrong = ValidationError(_NAMELESS, code="nameless")
            row.add_error(f"{self.named}{typed[0]}", wrong)
        elif is_needed and chosen is None and not row.errors:
            message = row.fields[self.points].error_messages["required"]
            row.add_error(self.points, ValidationError(message, code="required"))

    def _check_new(self, row: "MakesRows", name: str, cleaned: dict[str, Any]) -> None:
        kind = f"{self.named}_kind"
        if not cleaned.get(kind) and kind not in row.errors:
            row.add_error(kind, ValidationError(_KINDLESS, code="required"))
        if same := self.same(stored_names(row), name, cleaned)[:_SHOWN]:
            params = {"names": ", ".join(map(str, same))}
            row.add_error(self.named, ValidationError(_STORED, code="stored", params=params))

    def same(self, stored: StoredNames, name: str, cleaned: dict[str, Any]) -> list[Any]:
        """The stored rows, of those that the officer may choose, which have this name."""
        raise NotImplementedError

    def new_row(self, cleaned: dict[str, Any], language: str) -> Any:
        """What is to be made, its texts in `language`; None where nothing is."""
        raise NotImplementedError


@dataclass(frozen=True)
class OrganisationMaker(Maker):
    """What only looks like a stored organisation is told, and made once that is confirmed."""

    beside: tuple[str, ...] = ("_kind", "_country")

    def check(self, row: "MakesRows", cleaned: dict[str, Any], *, is_needed: bool) -> None:
        country = f"{self.named}_country"
        text = cleaned.get(country) or ""
        try:
            cleaned[country] = stored_names(row).country(text) if text.strip() else None
        except ValidationError as refusal:
            row.add_error(country, refusal)
        super().check(row, cleaned, is_needed=is_needed)

    def _check_new(self, row: "MakesRows", name: str, cleaned: dict[str, Any]) -> None:
        super()._check_new(row, name, cleaned)
        if self.named in row.errors:
            return
        alike = stored_names(row).organisations_like(name)[:_SHOWN]
        told = " ".join(str(one.pk) for one in alike)
        cast(Confirmation, row.fields[f"{self.named}{CONFIRMS}"].widget).told = told
        if alike and self.said(cleaned, CONFIRMS) != told:
            params = {"names": ", ".join(map(str, alike))}
            row.add_error(self.named, ValidationError(_ALIKE, code="alike", params=params))

    def same(self, stored: StoredNames, name: str, cleaned: dict[str, Any]) -> list[Organisation]:
        return stored.organisations(name)

    def new_row(self, cleaned: dict[str, Any], language: str) -> Organisation | None:
        name = self.name_of(cleaned)
        if not name:
            return None
        return Organisation(
            slug=free_slug(Organisation, name, "", "organisation"),
            kind=self.said(cleaned, "_kind"),
            country=self.said(cleaned, "_country"),
            **{f"name_{language}": name},
        )


@dataclass(frozen=True)
class SourceMaker(Maker):
    """A source by its title; who published it and in which language, its address may tell."""

    named: str = "new_source"
    beside: tuple[str, ...] = ("_address", "_published")

    def same(self, stored: StoredNames, name: str, cleaned: dict[str, Any]) -> list[Source]:
        return stored.sources(name, self.said(cleaned, "_address") or "")

    def new_row(self, cleaned: dict[str, Any], language: str) -> Source | None:
        title = self.name_of(cleaned)
        if not title:
            return None
        url = self.said(cleaned, "_address") or ""
        told = clues(url)
        return Source(
            title=title,
            slug=free_slug(Source, title, "", "source"),
            kind=self.said(cleaned, "_kind"),
            url=url,
            published=self.said(cleaned, "_published"),
            publisher=told.publisher if told and len(told.publisher) <= _LONGEST_HOST else "",
            language=(told and told.language) or language,
        )


class MakesRows(forms.ModelForm):
    """A row in which each of `makers` may make what is not stored yet."""

    makers: tuple[Maker, ...] = ()
    beside_rows: Any = None  # the rows of which this is one

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._needed: set[str] = set()
        for maker in self.makers:
            if maker.points in self.fields and self.fields[maker.points].required:
                self._needed.add(maker.points)
                self.fields[maker.points].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        cleaned = self.cleaned_data if found is None else found
        for maker in self.makers:
            if maker.named in self.fields:
                maker.check(self, cleaned, is_needed=maker.points in self._needed)
        return cleaned
