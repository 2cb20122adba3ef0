"""Events, with what they were for initiatives."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.desk.admin.access import rights_of
from initiatives.desk.admin.inlines import CitationInline
from initiatives.desk.admin.pagination import RelatedInUse
from initiatives.desk.admin.records import DATE_FORMS, BlockInline, RecordAdmin, in_four
from initiatives.desk.admin.session_page import SessionPage
from initiatives.desk.forms import TitledForm
from initiatives.models import InitiativeEvent
from initiatives.models.queries import one_of


class InitiativeInline(BlockInline):
    model = models.InitiativeEvent
    fields = (("initiative", "relation", "protocol_reference"), *in_four("decision"))
    autocomplete_fields = ("initiative",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[InitiativeEvent]:
        """Only the rows of records that the officer may edit; the others stay as they are."""
        mine = rights_of(request).rows(models.InitiativeEvent, DeskRole.EDITOR)
        return super().get_queryset(request).filter(one_of(mine.order_by(), "pk"))


@admin.register(models.Event)
class EventAdmin(RecordAdmin):
    form = TitledForm
    list_display = ("title", "kind", "state", "publication", "start", "host_country")
    list_filter = (
        "publication",
        "state",
        "kind",
        ("host_country", RelatedInUse),
    )
    list_select_related = ("host_country",)
    folded = search_fields = ("search_text",)
    fieldsets = (
        (None, {"fields": (*in_four("title"), ("slug", "kind", "state", "publication"))}),
        (
            _("When and where"),
            {
                "description": DATE_FORMS,
                "fields": (
                    ("start", "end"),
                    ("start_time", "end_time", "time_zone"),
                    *in_four("place"),
                    "host_country",
                ),
            },
        ),
        (_("Who"), {"fields": ("countries", "organisations")}),
        (_("Result"), {"fields": [*in_four("outcome")]}),
    )
    autocomplete_fields = ("host_country", "countries", "organisations")
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (InitiativeInline, CitationInline)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(SessionPage.visit, self))
        return [
            path("session/", view, name="initiatives_event_session"),
            path("<path:object_id>/session/", view, name="initiatives_event_points"),
            *super().get_urls(),
        ]
