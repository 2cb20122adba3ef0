"""Events: what is to come, what was held, and what each was for."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import EditionKind
from initiatives.editions.access import Access, public_edition
from initiatives.editions.events import events_at
from initiatives.editions.index import index
from initiatives.editions.index.decisions import decisions_of
from initiatives.editions.index.event_lists import Line
from initiatives.editions.instances.events import events_of
from initiatives.editions.record import EventRecord, decoded
from initiatives.http import page_sizes, paging
from initiatives.http.address import Address
from initiatives.http.repeated import single_value
from initiatives.public import charts
from initiatives.public.filtersets import unknown
from initiatives.public.pages import linked_data
from initiatives.public.pages.decisions import decisions_in_rows
from initiatives.public.pages.pages import Page

if TYPE_CHECKING:
    from initiatives.models import Event


class PagedPage(Page):
    """A page with a list that comes in pages."""

    takes: tuple[str, ...] = page_sizes.NAMES
    most = page_sizes.MOST  # rows of a page, where nobody asks for another number

    def paged(self, rows: paging.Rows, *, refused: bool = False) -> dict[str, Any]:
        """What a template needs of the list: none of `rows` where the page is `refused` or its
        number is no number, of which `errors` tell. Raises Http404 past the end.
        """
        query = self.request.GET
        size = single_value(query, "page_size")
        errors = [error for said in page_sizes.errors_in(query).values() for error in said]
        is_refused = bool(errors) or refused
        number = "" if is_refused else single_value(query, "page")
        shown = page_sizes.size_of(size)[0] if size else self.most
        page = paging.page_of([] if is_refused else rows, shown, number)
        address = Address(self.request.path, {"page_size": [size] if size else []})
        return {"page": page, "errors": errors, **paging.links(page, address)}


class EventIndex(PagedPage):
    template_name = "initiatives/events.html"
    most = page_sizes.SIZES[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with index.reading() as reading:
            lists = reading.event_lists
        sections = {"coming": lists.coming, "unknown": lists.not_stated, "past": lists.past}
        rows = [(name, line) for name, lines in sections.items() for line in lines]
        paged = self.paged(rows, refused=bool(unknown(self.request, self.takes)))
        return super().get_context_data(
            **paged,
            **_shown(paged["page"].object_list, sections),
            is_last=not paged["page"].has_next(),
            follow=self.request.path.rstrip("/"),
            **kwargs,
        )


def _shown(lines: list[tuple[str, Line]], sections: dict[str, list[Line]]) -> dict[str, Any]:
    """By name of the section the events of the page that are in it; and which are empty."""
    positions = [line.position for _name, line in lines]
    records = [record for some in events_at(positions) for record in some]
    events = {event.slug: event for event in events_of(records, {}, timezone.now())}
    found: dict[str, list[Event]] = {name: [] for name in sections}
    for name, line in lines:
        if line.slug in events:
            found[name].append(events[line.slug])
    return found | {"empty": {name for name, lines in sections.items() if not lines}}


class EventPage(PagedPage):
    template_name = "initiatives/event.html"

    def get(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
        found = public_edition(EditionKind.EVENT, slug)
        if found.access is Access.UNKNOWN:
            raise Http404(_("There is nothing public at this address."))
        if found.access is not Access.SHOWN:
            context = {"slug": slug, "edition": found.edition}
            page = "initiatives/event_gone.html"
            return TemplateResponse(request, page, context, status=found.access.status)
        self.slug, self.event = slug, decoded(found.known.body, EventRecord)
        return super().get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with index.reading() as reading:
            found = decisions_of(reading, self.slug)
        paged = self.paged(found.codes)
        shown = {self.slug: list(paged["page"].object_list)}
        (event,) = events_of([self.event], shown, timezone.now())
        address = self.request.build_absolute_uri(self.request.path)
        return super().get_context_data(
            event=event,
            linked_data=linked_data.in_script(linked_data.of_event(event, address)),
            found=found,
            bar=charts.status_bar(found.statuses),
            decisions=list(decisions_in_rows(event.public_links, timezone.localdate())),
            numbered=any(link.protocol_reference for link in event.public_links),
            follow=self.request.path.rstrip("/"),
            **paged,
            **kwargs,
        )
