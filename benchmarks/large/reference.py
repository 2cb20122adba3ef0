"""What the records of the large register point to, and what the public is told of it."""

from collections import defaultdict
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Self

from benchmarks import reference
from benchmarks.geography import COUNTRIES
from benchmarks.large.chance import SEED
from initiatives.editions import record as public
from initiatives.editions.chain import instant
from initiatives.models import Event

_MOST_ORGANISATIONS, _MOST_EVENTS, _SOURCES = 5_000, 3_000, 300
_ITEMS = 40  # that a document has at least


class Reference(reference.Reference):
    @classmethod
    def of(cls, total: int, *, seed: int = SEED) -> Self:
        """As many as a register of `total` records has; the database must have none yet."""
        return cls.written(
            Random(f"{seed} reference"),
            countries=len(COUNTRIES),
            organisations=min(_MOST_ORGANISATIONS, 20 + total // 20),
            sources=_SOURCES,
            events=min(_MOST_EVENTS, 10 + total // 20),
        )

    @cached_property
    def citations(self) -> list[public.Citation]:
        """A place in each of the public sources."""
        return [
            public.Citation(
                slug=source.slug,
                title=source.title,
                kind=source.kind,
                url=source.url,
                language=source.language,
                published=str(source.published),
                locator=f"P{number % _ITEMS + 1}",
            )
            for number, source in enumerate(self.sources)
            if source.is_public
        ]

    def event_records(self) -> list[tuple[datetime, public.EventRecord]]:
        """Each event as it is public, and since when it is."""
        guests = defaultdict(list)
        for event, iso2 in Event.countries.through.objects.values_list("event", "country__iso2"):
            guests[event].append(iso2)
        return [(one.created_at, _record(one, sorted(guests[one.pk]))) for one in self.events]


def _record(event: Event, guests: list[str]) -> public.EventRecord:
    return public.EventRecord(
        form=public.FORM,
        slug=event.slug,
        uid=str(event.uid),
        kind=event.kind,
        state=event.state,
        title=title_of(event),
        start=str(event.start),
        host_country=event.host_country.iso2,
        countries=tuple(guests),
        updated_at=instant(event.updated_at),
    )


def title_of(event: Event) -> public.Text:
    return public.Text(en=event.title_en, ru=event.title_ru, uz=event.title_uz, kk=event.title_kk)
