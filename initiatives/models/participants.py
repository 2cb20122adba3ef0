"""Who takes part in an initiative, and in which sectors it is."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import CountryRole, OrganisationRole
from initiatives.fields import LineField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.record import NaturalKeyManager, Record
from initiatives.models.reference import Country, Organisation, Sector


def _percent() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(
        _("percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class InitiativeCountry(Record):
    """`percent` is the share of the money that goes to the country, where a source tells it."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="countries", verbose_name=_("initiative")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="takes_part", verbose_name=_("country")
    )
    role = LineField(
        _("role"), max_length=20, choices=CountryRole.choices, default=CountryRole.PARTY
    )
    percent = _percent()

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "country__iso2", "role")

    class Meta:
        verbose_name = _("participating country")
        verbose_name_plural = _("participating countries")
        ordering = ("country__order", "country__iso2", "role")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "country", "role"], name="country_once_per_role"
            ),
            CheckConstraint(condition=Q(role__in=CountryRole.values), name="country_role_known"),
            CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="country_percent_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} ({self.get_role_display()})"


class InitiativeSector(Record):
    """`percent` is empty, or all percents of an initiative give 100 together (a flag if not)."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="sectors", verbose_name=_("initiative")
    )
    sector = models.ForeignKey(
        Sector, models.PROTECT, related_name="initiatives", verbose_name=_("sector")
    )
    percent = _percent()
    is_main = models.BooleanField(_("main sector"), default=False)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "sector__slug")

    class Meta:
        verbose_name = _("sector of an initiative")
        verbose_name_plural = _("sectors of an initiative")
        ordering = ("-is_main", "sector__order", "sector__slug")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "sector"], name="sector_once"),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(is_main=True), name="one_main_sector"
            ),
            CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="sector_percent_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sector)


class InitiativeOrganisation(Record):
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="organisations", verbose_name=_("initiative")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="takes_part", verbose_name=_("organisation")
    )
    role = LineField(_("role"), max_length=20, choices=OrganisationRole.choices)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "organisation__slug", "role")

    class Meta:
        verbose_name = _("participating organisation")
        verbose_name_plural = _("participating organisations")
        ordering = ("role", "organisation__slug")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation", "role"], name="organisation_once_per_role"
            ),
            CheckConstraint(
                condition=Q(role__in=OrganisationRole.values), name="organisation_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
