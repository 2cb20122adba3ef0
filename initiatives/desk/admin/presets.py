"""What stands in a new record before anybody typed: shown in the form, to be left or changed."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest

from initiatives.choices import DeskRole
from initiatives.desk.admin import inlines
from initiatives.desk.admin.access import rights_of
from initiatives.models import Initiative

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as Base
else:
    Base = object


class Presets(Base):
    """For the ModelAdmin of the form of an initiative."""

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Initiative, inline: InlineModelAdmin, prefix: str
    ) -> dict[str, Any]:
        """The first party and sector are those of the officer's desk, and that sector the main one.

        What is sent counts as typed, so a row that nobody touched is stored as it was shown; a
        tick alone is no row.
        """
        kwargs = _kwargs(request, obj, inline, prefix)
        if not obj._state.adding:
            return kwargs
        shown = request.method != "POST"
        if isinstance(inline, inlines.CountryInline) and shown:
            kwargs["initial"] = [_only(request, "countries", "country")]
        elif isinstance(inline, inlines.SectorInline):
            kwargs["initial"] = [{"is_main": True} | _only(request, "sectors", "sector", shown)]
        return kwargs


def _kwargs(
    request: HttpRequest, obj: Initiative, inline: InlineModelAdmin, prefix: str
) -> dict[str, Any]:
    """As Django's, which copies all that was sent for each kind of rows: a fifth of a saving. It
    does so for “Save as new”, which the desk has not."""
    rows = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    return rows | sent


def _only(request: HttpRequest, covered: str, field: str, shown: bool = True) -> dict[str, int]:
    """The one country or sector for which alone the officer's desks are there."""
    memberships = rights_of(request).at_least(DeskRole.EDITOR)
    sets = [frozenset() if one.covers_all else getattr(one, covered) for one in memberships]
    together = frozenset[int]().union(*sets)
    known = shown and all(sets) and len(together) == 1
    return {field: next(iter(together))} if known else {}
