"""Who has which form open, so that two officers do not edit the same thing unawares."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatives.fields import LineField


class Presence(models.Model):
    """An officer was seen on the form of a row at `seen_at`. No content, and without a history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    model = LineField(max_length=60)
    object_id = models.BigIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "model", "object_id"], name="presence_once")
        ]
        indexes = [models.Index(fields=["model", "object_id", "seen_at"], name="presence_of_row")]

    def __str__(self) -> str:
        return f"{self.user}: {self.model} {self.object_id}"
