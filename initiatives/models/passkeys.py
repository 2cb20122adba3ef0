"""Passkeys with which officers sign in: their public halves."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.fields import LineField
from initiatives.models.record import NaturalKey, NaturalKeyManager

LONGEST_NAME = 60
LONGEST_ID = 1400  # characters: the standard allows 1,023 bytes


class Passkey(NaturalKey):
    """One passkey of an officer, called by a name of theirs. Who reads it cannot sign in with it.

    `host` is the name of the site for which its device made it, and the only one where it works.
    `sign_count` is what the device counted last; many count nothing and always tell 0. It is no
    content, so it has no history; that it came and went is recorded with the account.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys", editable=False
    )
    name = LineField(_("name"), max_length=LONGEST_NAME)
    host = models.CharField(max_length=253, editable=False)
    # Bytes as WebAuthn writes them: base64url without padding.
    credential_id = models.CharField(max_length=LONGEST_ID, unique=True, editable=False)
    public_key = models.TextField(editable=False)
    sign_count = models.PositiveBigIntegerField(default=0, editable=False)
    transports = models.CharField(max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("credential_id",)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ("user", "created_at", "pk")

    def __str__(self) -> str:
        return f"{self.user}: {self.name}"
