"""Codes with which an officer signs in without the app of the second step."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models.record import NaturalKey, NaturalKeyManager


class RecoveryCode(NaturalKey):
    """One of the codes of an officer, which works once. Its hash is kept and not the code itself.

    The first character of a code says its `number`, so that one hash is worked out for each try.
    It is no content, so it has no history; that codes were made is recorded with the account.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes", editable=False
    )
    number = models.PositiveSmallIntegerField(editable=False)
    hashed = models.CharField(max_length=128, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("user__username", "number")

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        ordering = ("user", "number")
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.number}"
