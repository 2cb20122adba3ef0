"""Addresses of the API, below /api/v1/."""

from django.urls import path

from initiatives.public.api import reference
from initiatives.public.api.changes import ChangeList
from initiatives.public.api.docs import Docs
from initiatives.public.api.events import EventItem, EventList
from initiatives.public.api.initiatives import InitiativeList, InitiativeRecord
from initiatives.public.api.root import Root, Schema
from initiatives.urls import keys as _keys  # noqa: F401 - the converter `key`

app_name = "api"
_KINDS = {
    "countries": reference.Countries(),
    "sectors": reference.Sectors(),
    "organisations": reference.Organisations(),
}
_list, _item = reference.KindList.as_view, reference.KindItem.as_view

urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    path("initiatives/", InitiativeList.as_view(), name="initiatives"),
    path("initiatives/<key:code>/", InitiativeRecord.as_view(), name="initiative"),
    path("changes/", ChangeList.as_view(), name="changes"),
    path("events/", EventList.as_view(), name="events"),
    path("events/<key:key>/", EventItem.as_view(), name="events-item"),
    *(path(f"{name}/", _list(kind=kind), name=name) for name, kind in _KINDS.items()),
    *(
        path(f"{name}/<key:key>/", _item(kind=kind), name=f"{name}-item")
        for name, kind in _KINDS.items()
    ),
]
