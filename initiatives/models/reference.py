"""The lists that records point to: countries, sectors, organisations."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language, OrganisationKind
from initiatives.fields import FoldedTextField, LineField
from initiatives.models.checks import CheckConstraint
from initiatives.models.queries import CountryQuerySet, OrganisationQuerySet
from initiatives.models.record import NaturalKeyManager, Record

_NAMES = tuple(f"name_{language}" for language in Language.values)


def aliases() -> "LineField[Any, Any]":
    """Other names by which readers look for a row; they are shown nowhere."""
    return LineField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_(
            "Short forms and other names in any language, with commas between them. A search finds"
            " the row by each of them."
        ),
    )


class Country(Record):
    """A country by its ISO 3166-1 codes."""

    iso2 = LineField(
        _("ISO code, two letters"),
        max_length=2,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{2}\Z", _("Two capital letters of ISO 3166-1."))],
    )
    iso3 = LineField(
        _("ISO code, three letters"),
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]{3}\Z", _("Three capital letters of ISO 3166-1."))],
    )
    name = LineField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    aliases = aliases()
    search_text = FoldedTextField(sources=("iso2", "iso3", *_NAMES, "aliases"))

    number: int  # of initiatives, where somebody counts them

    objects = NaturalKeyManager.from_queryset(CountryQuerySet)()
    natural_fields = ("iso2",)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ("order", "iso2")

    def __str__(self) -> str:
        return self.name or self.iso2


class Sector(Record):
    """A field of cooperation; `dac_code` is the purpose code of OECD DAC, of five
    digits, or its category, of three."""

    slug = models.SlugField(_("short name for addresses"), max_length=60, unique=True)
    name = LineField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    dac_code = LineField(
        _("OECD DAC purpose code"),
        max_length=5,
        blank=True,
        validators=[
            RegexValidator(r"^\d{3}(\d{2})?\Z", _("Five or three digits of the OECD DAC lists."))
        ],
    )
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    aliases = aliases()
    search_text = FoldedTextField(sources=("slug", *_NAMES, "aliases"))

    number: int  # of initiatives, where somebody counts them

    objects = NaturalKeyManager()
    natural_fields = ("slug",)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ("order", "slug")
        constraints = [
            CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="sector_is_not_its_own_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.slug


class Organisation(Record):
    """Somebody who takes part; `iati_id` is the IATI organisation identifier."""

    slug = models.SlugField(_("short name for addresses"), max_length=80, unique=True)
    name = LineField(_("name"), max_length=250)
    acronym = LineField(_("acronym"), max_length=30, blank=True)
    kind = LineField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, verbose_name=_("country")
    )
    iati_id = LineField(_("IATI organisation identifier"), max_length=120, blank=True)
    iati_type = LineField(
        _("IATI organisation type"),
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^\d{2}\Z", _("Two digits of the list OrganisationType."))],
    )
    aliases = aliases()
    search_text = FoldedTextField(sources=("acronym", *_NAMES, "aliases"))

    objects = NaturalKeyManager.from_queryset(OrganisationQuerySet)()
    natural_fields = ("slug",)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("slug",)
        # For the validators of public answers, which ask what changed last.
        indexes = [models.Index(fields=["-updated_at", "-id"], name="organisation_updated")]
        constraints = [
            CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"
            ),
            models.UniqueConstraint(
                fields=["iati_id"], condition=~Q(iati_id=""), name="organisation_iati_id_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug
