"""Desks: which officers care for which countries and sectors."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import DeskRole, Language
from initiatives.fields import LineField
from initiatives.models.checks import CheckConstraint
from initiatives.models.record import NaturalKeyManager, Record
from initiatives.models.reference import Country, Sector


class Desk(Record):
    """It covers the records given to it, and those in its countries and its sectors.

    Where only countries or only sectors are named, the others do not matter. A desk that names
    neither covers just what is given to it.
    """

    name = LineField(_("name"), max_length=120, unique=True)
    countries = models.ManyToManyField(Country, blank=True, verbose_name=_("countries"))
    sectors = models.ManyToManyField(Sector, blank=True, verbose_name=_("sectors"))
    covers_all = models.BooleanField(
        _("covers everything"),
        default=False,
        help_text=_("Every record, whatever its countries and sectors."),
    )

    objects = NaturalKeyManager()
    natural_fields = ("name",)

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class DeskMember(Record):
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="members", verbose_name=_("desk"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="desks",
        verbose_name=_("officer"),
    )
    role = models.PositiveSmallIntegerField(
        _("role"), choices=DeskRole.choices, default=DeskRole.EDITOR
    )
    digest_language = LineField(
        _("daily mail in"),
        max_length=2,
        blank=True,
        default=Language.ENGLISH,
        choices=Language.choices,
        help_text=_("What waits for the officer, once a day; empty for no mail."),
    )
    request_language = LineField(
        _("requests mailed at once in"),
        max_length=2,
        blank=True,
        choices=Language.choices,
        help_text=_("Each request that the officer may decide, as it comes; empty for no mail."),
    )

    objects = NaturalKeyManager()
    natural_fields = ("desk__name", "user__username")

    class Meta:
        verbose_name = _("member of a desk")
        verbose_name_plural = _("members of a desk")
        ordering = ("desk", "-role", "user")
        constraints = [
            models.UniqueConstraint(fields=["desk", "user"], name="desk_member_once"),
            CheckConstraint(condition=Q(role__in=DeskRole.values), name="desk_member_role_known"),
            CheckConstraint(
                condition=Q(digest_language__in=["", *Language.values]),
                name="desk_member_language_known",
            ),
            CheckConstraint(
                condition=Q(request_language__in=["", *Language.values]),
                name="desk_member_request_language_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
