"""What generated initiatives point to: countries, sectors, organisations, sources and events."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Self
from uuid import UUID

from django.db.models import Model

from benchmarks.days import about, moment, some_day
from benchmarks.geography import COUNTRIES, cities, country_names, iso3_codes
from benchmarks.vocabulary import (
    LANGUAGES,
    ORGANISATIONS,
    PARTS,
    SECTORS,
    WORKS,
    in_languages,
    joined,
)
from initiatives.choices import EventKind, EventPublication, EventState, SourceKind
from initiatives.models import Country, Event, Organisation, Sector, Source

_TOGETHER = 500  # rows of one query
_GUESTS = 2  # countries at an event, beside its host
_COUNTRIES = 15
_UNUSED = 10  # every tenth organisation


@dataclass(frozen=True)
class Reference:
    """The rows, by list."""

    countries: list[Country]
    sectors: list[Sector]
    organisations: list[Organisation]
    sources: list[Source]
    events: list[Event]

    @classmethod
    def written(
        cls,
        chance: Random,
        *,
        organisations: int,
        sources: int,
        events: int,
        countries: int = _COUNTRIES,
    ) -> Self:
        """Write what is missing of so many of each, and give all of them."""
        if not Country.objects.exists():
            _write_countries_and_sectors(countries)
        known = list(Country.objects.order_by("pk"))
        _write(_organisations(chance, known, _missing(Organisation, organisations)))
        _write(_sources(chance, _missing(Source, sources)))
        _invite(chance, _write(_events(chance, known, _missing(Event, events))), known)
        return cls.read()

    @classmethod
    def read(cls) -> Self:
        """What `written` has written, in the order of writing, but the organisations that no
        initiative names: one in ten."""
        models = (Country, Sector, Organisation, Source, Event)
        countries, sectors, organisations, *others = (
            list(model.objects.order_by("pk")) for model in models
        )
        used = [one for number, one in enumerate(organisations, 1) if number % _UNUSED]
        return cls(countries, sectors, used, *others)


def _missing(model: type[Model], total: int) -> range:
    """The numbers that are not given yet."""
    return range(model.objects.count() + 1, total + 1)


def _write(rows: Iterator[Model]) -> list[Model]:
    """The rows are of one model; none is fine."""
    known = list(rows)
    return type(known[0]).objects.bulk_create(known, _TOGETHER) if known else []


def _write_countries_and_sectors(countries: int) -> None:
    Country.objects.bulk_create(_countries(countries))
    sectors = Sector.objects.bulk_create(_sectors())
    Sector.objects.bulk_create(_parts(sectors))


def _countries(total: int) -> list[Country]:
    return [
        Country(
            iso2=iso2,
            iso3=iso3_codes()[iso2],
            order=order,
            **in_languages("name", country_names(iso2)),
        )
        for order, iso2 in enumerate(COUNTRIES[:total])
    ]


def _sectors() -> list[Sector]:
    return [Sector(slug=slug, **in_languages("name", names)) for slug, names in SECTORS.items()]


def _parts(sectors: list[Sector]) -> list[Sector]:
    parents = {sector.slug: sector for sector in sectors}
    return [
        Sector(
            slug=slug.replace(" ", "-"),
            parent=parents[slug.split()[0]],
            **in_languages("name", names),
        )
        for slug, names in PARTS.items()
    ]


def _organisations(
    chance: Random, countries: list[Country], numbers: range
) -> Iterator[Organisation]:
    kinds = list(ORGANISATIONS.items())
    for number in numbers:
        kind, names = chance.choice(kinds)
        title = joined(names, chance.choice(cities()), (str(number),) * 4)
        yield Organisation(
            slug=f"{kind}-{number}",
            kind=kind,
            country=chance.choice(countries),
            **in_languages("name", title),
        )


def _sources(chance: Random, numbers: range) -> Iterator[Source]:
    for number in numbers:
        yield Source(
            slug=f"document-{number}",
            title=f"Document {number}",
            kind=chance.choice(SourceKind.values),
            url=f"https://example.org/documents/{number}",
            language=chance.choice(LANGUAGES),
            published=about(chance, some_day(chance)),
            is_public=chance.random() < 0.9,
        )


def _events(chance: Random, countries: list[Country], numbers: range) -> Iterator[Event]:
    for number in numbers:
        title = joined(chance.choice(WORKS), chance.choice(cities()), by=": ")
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


def _invite(chance: Random, events: list[Event], countries: list[Country]) -> None:
    guests = Event.countries.through
    rows = (
        guests(event=event, country=country)
        for event in events
        for country in chance.sample(countries, _GUESTS)
    )
    guests.objects.bulk_create(rows, _TOGETHER)
