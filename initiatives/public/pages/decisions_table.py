"""The decisions of an event as CSV: all of them, in the order of the page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from initiatives.as_of import as_published
from initiatives.editions.index import index
from initiatives.editions.index.decisions import decisions_of
from initiatives.exchange.decision_columns import DecisionRow, columns
from initiatives.http import caching
from initiatives.http.records import address_in_language
from initiatives.kept_queries import chunks
from initiatives.public.pages.csv_answers import as_csv
from initiatives.public.pages.decisions import decisions_in_rows
from initiatives.public.subscriptions import FollowView, scopes
from initiatives.public.subscriptions.scope import Scope


class DecisionsTable(FollowView):
    """A row for each decision; 410 with the public reason if the event was public."""

    scope = staticmethod(scopes.event)

    def answer(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        fresh = caching.freshness(request)
        slug = str(scope.only_event)
        name = f"{slug}.csv"
        return caching.answer(
            request, fresh, lambda: as_csv(request, name, _rows(request, slug), columns())
        )


def _rows(request: HttpRequest, slug: str) -> Iterator[DecisionRow]:
    """Some hundred initiatives in memory at once."""
    with index.reading() as reading:
        codes = decisions_of(reading, slug).codes
    address_of, today = address_in_language(request), timezone.localdate()
    for some in chunks(codes):
        shown = as_published(some)
        links = [link for row in shown for link in row.events.all() if link.event.slug == slug]
        for decision in decisions_in_rows(links, today):
            address = address_of(decision.initiative)
            for link in decision.links:
                yield DecisionRow(link, decision, address)
