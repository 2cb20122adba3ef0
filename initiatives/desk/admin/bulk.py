"""The acts that the list of initiatives offers for a selection."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.bulk_acts import ACTS
from initiatives.desk.admin.bulk_page import BulkPage
from initiatives.desk.admin.bulk_selection import ticked

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin
    from initiatives.desk.admin.records import RecordAdmin as Base
else:
    Base = object


class BulkActions(Base):
    """Gives a ModelAdmin of initiatives its acts; it stands before the other base classes.

    Django's own “Delete selected” is not among them: drafts are erased one by one.
    """

    actions: Sequence[str] | None = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Only what the officer could do on one record at least."""
        if IS_POPUP_VAR in request.GET:
            return {}
        highest = rights_of(request).highest
        return {
            name: (partial(BulkPage.open, name=name), name, act.label)
            for name, act in ACTS.items()
            if highest >= act.role
        }

    def response_action(  # type: ignore[override]  # the third argument comes with Django 6
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        ticked(request)  # Django would pass anything on to the database
        return super().response_action(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(partial(BulkPage.visit, cast("InitiativeAdmin", self)))
        return [path("bulk/", view, name="initiatives_initiative_bulk"), *super().get_urls()]
