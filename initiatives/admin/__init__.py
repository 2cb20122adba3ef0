"""The desk: Django's admin, in which every write goes through `actions`."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from initiatives.admin import (
    desks,
    events,
    evidence,
    history,
    imports,
    initiatives,
    parts,
    reference,
    requests,
    statuses,
)

__all__ = [
    "desks",
    "events",
    "evidence",
    "history",
    "imports",
    "initiatives",
    "parts",
    "reference",
    "requests",
    "statuses",
]

admin.site.site_header = _("Desk of the cooperation tracker")
admin.site.site_title = _("Cooperation tracker")
admin.site.index_title = _("What would you like to do?")
admin.site.empty_value_display = "–"
