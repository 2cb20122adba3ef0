"""What the records of the large register point to: written as rows, known by their keys."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from benchmarks.large.chance import SEED
from benchmarks.large.geography import COUNTRIES, cities, country_names, iso3_codes
from benchmarks.reference import about, some_day
from benchmarks.story import moment
from benchmarks.vocabulary import ORGANISATIONS, PARTS, SECTORS, WORKS, Texts, in_languages, joined
from initiatives.choices import EventKind, EventPublication, EventState, SourceKind
from initiatives.editions import record as public
from initiatives.editions.chain import instant
from initiatives.models import Country, Event, Organisation, Sector

MOST_ORGANISATIONS, MOST_EVENTS, SOURCES = 5_000, 3_000, 300


@dataclass(frozen=True)
class Reference:
    """Rows of countries, sectors, organisations and events, and public records of the latter."""

    countries: list[Country]
    sectors: list[Sector]
    organisations: list[Organisation]
    events: list[Event]
    event_records: list[public.EventRecord]
    sources: list[public.Citation]

    @property
    def begun(self) -> dict[str, datetime]:
        """By slug the instant from which on an event is known."""
        return {event.slug: event.created_at for event in self.events}

    @classmethod
    def written(cls, total: int, *, seed: int = SEED) -> "Reference":
        """As many as a register of `total` records has; the database must have none yet."""
        chance = Random(f"{seed} reference")
        countries = Country.objects.bulk_create(_countries())
        sectors = Sector.objects.bulk_create(_sectors())
        sectors += Sector.objects.bulk_create(_parts(sectors))
        organisations = Organisation.objects.bulk_create(
            _organisations(chance, countries, min(MOST_ORGANISATIONS, 20 + total // 20)),
            batch_size=500,
        )
        events = Event.objects.bulk_create(
            _events(chance, countries, min(MOST_EVENTS, 10 + total // 20)), batch_size=500
        )
        guests = _invited(chance, events, countries)
        records = [_record(event, guests[event.pk]) for event in events]
        return cls(countries, sectors, organisations, events, records, _sources(chance))


def _countries():
    return [
        Country(
            iso2=iso2,
            iso3=iso3_codes()[iso2],
            order=order,
            **in_languages("name", country_names(iso2)),
        )
        for order, iso2 in enumerate(COUNTRIES)
    ]


def _sectors():
    return [Sector(slug=slug, **in_languages("name", names)) for slug, names in SECTORS.items()]


def _parts(sectors):
    parents = {sector.slug: sector for sector in sectors}
    return [
        Sector(
            slug=slug.replace(" ", "-"),
            parent=parents[slug.split()[0]],
            **in_languages("name", names),
        )
        for slug, names in PARTS.items()
    ]


def _organisations(chance, countries, total):
    kinds = list(ORGANISATIONS.items())
    for number in range(1, total + 1):
        kind, names = chance.choice(kinds)
        title = joined(names, chance.choice(cities()), (str(number),) * 4)
        yield Organisation(
            slug=f"{kind}-{number}",
            kind=kind,
            country=chance.choice(countries),
            **in_languages("name", title),
        )


def _events(chance, countries, total):
    for number in range(1, total + 1):
        title: Texts = joined(chance.choice(WORKS), chance.choice(cities()), by=": ")
        start = about(chance, some_day(chance))
        written = moment(start.first)
        yield Event(
            slug=f"event-{number}",
            kind=chance.choice(EventKind.values),
            state=EventState.HELD,
            publication=EventPublication.PUBLISHED,
            start=start,
            host_country=chance.choice(countries),
            uid=UUID(int=chance.getrandbits(128), version=4),
            created_at=written,
            updated_at=written,
            **in_languages("title", title),
        )


def _invited(chance, events, countries) -> dict[int, tuple[str, ...]]:
    """By primary key of the event the codes of the countries that were written as its guests."""
    chosen = {event.pk: chance.sample(countries, 2) for event in events}
    guests = Event.countries.through
    rows = (guests(event_id=pk, country=one) for pk, sample in chosen.items() for one in sample)
    guests.objects.bulk_create(rows, batch_size=500)
    return {pk: tuple(sorted(one.iso2 for one in sample)) for pk, sample in chosen.items()}


def _record(event, guests) -> public.EventRecord:
    return public.EventRecord(
        form=public.FORM,
        slug=event.slug,
        uid=str(event.uid),
        kind=event.kind,
        state=event.state,
        title=title_of(event),
        start=str(event.start),
        host_country=event.host_country.iso2,
        countries=guests,
        updated_at=instant(event.updated_at),
    )


def title_of(event) -> public.Text:
    return public.Text(en=event.title_en, ru=event.title_ru, uz=event.title_uz, kk=event.title_kk)


def _sources(chance):
    return [
        public.Citation(
            slug=f"document-{number}",
            title=f"Document {number}",
            kind=chance.choice(SourceKind.values),
            url=f"https://example.org/documents/{number}",
            language=chance.choice(("en", "ru", "uz", "kk")),
            published=str(about(chance, some_day(chance))),
            locator=f"P{chance.randint(1, 40)}",
        )
        for number in range(1, SOURCES + 1)
    ]
