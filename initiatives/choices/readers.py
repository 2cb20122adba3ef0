"""How often a reader who follows something gets a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")

    @property
    def days(self) -> int:
        """From one mail to the next."""
        return 1 if self is Rhythm.DAILY else 7
