"""Filters of the desk's list that an officer keeps."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.fields import LineField
from initiatives.models.record import NaturalKey, NaturalKeyManager


class SavedFilter(NaturalKey):
    """The filters, the search and the order of the list of initiatives, under a name of its
    officer. It is no content and nobody else's, so it has no history.

    `query` is the query string of the list, without its page.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", editable=False
    )
    name = LineField(_("name"), max_length=60)
    query = models.CharField(max_length=2000, editable=False)

    objects = NaturalKeyManager()
    natural_fields = ("user__username", "name")

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_filter_once",
                violation_error_message=_(
                    "You have a saved filter of this name. Take another name, or delete that one."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name
