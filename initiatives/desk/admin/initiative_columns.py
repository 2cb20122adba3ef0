"""Columns of the list of initiatives at the desk."""

from typing import Any

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from initiatives.choices import PARTY_ROLES
from initiatives.models import Initiative
from initiatives.timeline import date_in_words
from initiatives.timeline.embargo import embargo_in_words


class InitiativeColumns:
    """For the ModelAdmin of initiatives; what each shows of one of them."""

    @admin.display(description=_("parties"))
    def parties(self, initiative: Initiative) -> str:
        rows = initiative.countries.all()
        parties = (str(row.country) for row in rows if row.role in PARTY_ROLES)
        return ", ".join(dict.fromkeys(parties))

    @admin.display(description=_("publication"), ordering="publication")
    def shown(self, initiative: Initiative) -> Any:
        """Whether the public reads it, and from when on if an embargo is ahead."""
        words = embargo_in_words(initiative.embargo_until)
        badge = format_html(' <span class="desk-embargo">{}</span>', words) if words else ""
        return format_html("{}{}", initiative.get_publication_display(), badge)

    @admin.display(description=_("since"), ordering="status_since")
    def since(self, initiative: Initiative) -> str | None:
        day = initiative.status_since
        return date_in_words(day) if day else None

    @admin.display(description=_("updated"), ordering="updated_at")
    def updated(self, initiative: Initiative) -> Any:
        return date_format(localtime(initiative.updated_at), "SHORT_DATE_FORMAT")
