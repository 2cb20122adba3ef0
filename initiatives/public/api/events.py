"""Events as the public register tells them: the newest first, those without a date the last."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.choices import EditionKind
from initiatives.editions.access import Access, public_edition
from initiatives.editions.events import events_at
from initiatives.editions.index import index
from initiatives.editions.instances.events import events_of
from initiatives.editions.record import EventRecord, decoded
from initiatives.exchange import reference_file
from initiatives.http.caching import Freshness
from initiatives.http.problems import Problem
from initiatives.http.records import UNPREFIXED
from initiatives.public.api import fields
from initiatives.public.api.pages import Found, ListView
from initiatives.public.api.reference import nothing_public
from initiatives.public.api.schema import fields_of
from initiatives.public.api.views import ApiView

if TYPE_CHECKING:
    from initiatives.models import Event


class EventList(ListView):
    schema = "Event"

    def count(self, fresh: Freshness) -> int:
        with index.reading() as reading:
            return len(reading.event_lists.newest)

    def found(self, place: Any, size: int, *, back: bool) -> Found:
        with index.reading() as reading:
            lines = reading.event_lists.beyond(place, size + 1, back=back)
        more, lines = len(lines) > size, lines[:size]
        if back:
            lines.reverse()
        first, last = (list(lines[0].place), list(lines[-1].place)) if lines else (None, None)
        read = events_at(line.position for line in lines)
        records = [record for some in read for record in some]
        return Found(_objects(self.request, records), first, last, more)


class EventItem(ApiView):
    takes = ("fields",)

    def prepare(self, **named: str) -> Callable[..., Any]:
        wanted = fields.chosen(self.request.GET, fields_of("Event"))
        found = public_edition(EditionKind.EVENT, named["key"])
        if found.access is Access.UNKNOWN:
            raise nothing_public()
        if found.access is not Access.SHOWN:
            raise Problem(found.access.status, _("No reason was given."))
        record = decoded(found.known.body, EventRecord)
        return lambda fresh: fields.cut(_objects(self.request, [record])[0], wanted)


def _objects(request: HttpRequest, records: list[EventRecord]) -> list[dict[str, Any]]:
    slugs = [record.slug for record in records]
    with index.reading() as reading:
        codes = {slug: sorted(reading.keys(reading.with_option("event", slug))) for slug in slugs}
    return [
        reference_file.event(event, _address(request, event))
        for event in events_of(records, codes, timezone.now())
    ]


def _address(request: HttpRequest, event: "Event") -> str:
    with translation.override(UNPREFIXED):  # as the addresses in files, see `http.records`
        page = reverse("initiatives:event", args=[event.slug])
    return request.build_absolute_uri(page)
