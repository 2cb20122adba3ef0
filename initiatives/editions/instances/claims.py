"""Instances of events and citations, which hang at initiatives and at each other."""

from collections.abc import Iterable
from functools import partial

from django.db.models import Model

from initiatives.choices import EventPublication
from initiatives.editions import record as public
from initiatives.editions.instances.named import Named
from initiatives.editions.instances.values import hang, values_of
from initiatives.editions.new_instances import instance
from initiatives.models import Citation, Event, Source

_OTHERS = ("form", "host_country", "countries", "organisations", "sources")
_FACTS = ("slug", "kind", "state", "title", "start", "end")


class Claims:
    """Makes each event once, with what `named` gives for their keys."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._events: dict[str, Event] = {}
        self._keys: dict[str, int] = {}

    def event(self, slug: str | None) -> Event | None:
        """The public event with this slug, None if there is none."""
        if slug is None or slug in self._named.hidden_events:
            return None
        if slug not in self._events and (record := self._named.events.get(slug)):
            self._events[slug] = self.event_in_full(record)
        return self._events.get(slug)

    def event_in_full(self, record: public.EventRecord) -> Event:
        host = self._named.row("country", record.host_country)
        values = values_of(Event, record, without=_OTHERS)
        own = {"id": self._key(record.slug), "publication": EventPublication.PUBLISHED}
        event = instance(Event, values | own, host_country=host)
        for name, target in (("countries", "country"), ("organisations", "organisation")):
            hang(event, name, partial(self._in_order, target, getattr(record, name)))
        self.cite(event, record)
        return event

    def event_of(self, part: public.EventLink) -> Event:
        """One whose own edition came later than that of the record that names it."""
        values = values_of(Event, part, *_FACTS) | {"id": self._key(part.slug)}
        event = instance(Event, values, host_country=None)
        for name in ("citations", "countries", "organisations"):
            hang(event, name, list)
        return event

    def _key(self, slug: str) -> int:
        return self._keys.setdefault(slug, len(self._keys) + 1)

    def _in_order(self, target: str, keys: Iterable[str]) -> list[Model]:
        return sorted((self._named.row(target, key) for key in keys), key=_ORDER[target])

    def cite(self, claim: Model, part: public.Claim) -> None:
        """Hang the citations of the `part` at the `claim`."""
        hang(claim, "citations", partial(self._citations, part.sources))

    def _citations(self, sources: Iterable[public.Citation]) -> list[Citation]:
        citations = []
        for number, cited in enumerate(sources, 1):
            values = {"id": number, "locator": cited.locator, "quote": cited.quote}
            citations.append(instance(Citation, values, source=self.source(cited)))
        return citations

    def source(self, part: public.Citation) -> Source:
        pk = self._named.source_key(part.slug)
        values = values_of(Source, part, without=("locator", "quote"))
        return instance(Source, values | {"id": pk})


_ORDER = {
    "country": lambda row: (row.order, row.iso2),
    "organisation": lambda row: row.slug,
}
