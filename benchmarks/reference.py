"""What generated initiatives point to: countries, sectors, organisations, sources and events."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from babel import Locale

from benchmarks.vocabulary import (
    LANGUAGES,
    ORGANISATIONS,
    PARTS,
    PLACES,
    SECTORS,
    WORKS,
    Texts,
    in_languages,
    joined,
)
from initiatives.choices import EventKind, EventState, SourceKind
from initiatives.models import Country, Event, Organisation, Sector, Source
from initiatives.partial_dates import PartialDate

# The data end here on whatever day they are generated, so that two runs have the same rows.
LAST_DAY = date(2026, 6, 30)
DAYS = 12 * 365
ISO = (
    "UZ UZB KZ KAZ KG KGZ TJ TJK TM TKM AZ AZE AF AFG RU RUS CN CHN TR TUR KR KOR JP JPN DE DEU "
    "IN IND AE ARE"
).split()
SOURCES, EVENTS, ORGANISATIONS_OF_A_KIND = 300, 150, 20


@dataclass(frozen=True)
class Reference:
    """The rows, by list; sources and events are as many as a register of some years has."""

    countries: list[Country]
    sectors: list[Sector]
    organisations: list[Organisation]
    sources: list[Source]
    events: list[Event]

    @classmethod
    def make(cls, chance: Random) -> "Reference":
        """Write all of it; the database must not have any yet."""
        countries = Country.objects.bulk_create(_countries())
        sectors = Sector.objects.bulk_create(_sectors())
        sectors += Sector.objects.bulk_create(_parts(sectors))
        organisations = Organisation.objects.bulk_create(_organisations(chance, countries))
        sources = Source.objects.bulk_create(_sources(chance))
        events = Event.objects.bulk_create(_events(chance, countries))
        _invite(chance, events, countries)
        return cls(countries, sectors, organisations, sources, events)

    @classmethod
    def read(cls) -> "Reference":
        """What `make` has written, in the same order."""
        models = (Country, Sector, Organisation, Source, Event)
        return cls(*(list(model.objects.order_by("pk")) for model in models))


def some_day(chance: Random) -> date:
    """A day of the twelve years that the data cover, later ones being likelier."""
    return LAST_DAY - timedelta(days=int(chance.random() ** 1.5 * DAYS))


def about(chance: Random, day: date) -> PartialDate:
    """`day`, known as exactly as sources happen to know it."""
    quarter, half = (day.month + 2) // 3, (day.month + 5) // 6
    forms = [f"{day}", f"{day:%Y-%m}", f"{day.year}-Q{quarter}", f"{day.year}-H{half}", f"{day:%Y}"]
    return PartialDate.parse(chance.choices(forms, (45, 25, 10, 5, 15))[0])


def _countries() -> list[Country]:
    codes = zip(ISO[::2], ISO[1::2], strict=True)
    return [
        Country(iso2=iso2, iso3=iso3, order=order, **in_languages("name", _country_names(iso2)))
        for order, (iso2, iso3) in enumerate(codes)
    ]


def _country_names(iso2: str) -> Texts:
    return tuple(Locale.parse(language).territories[iso2] for language in LANGUAGES)


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


def _organisations(chance: Random, countries: list[Country]) -> list[Organisation]:
    return [
        Organisation(
            slug=f"{kind}-{number}",
            kind=kind,
            country=chance.choice(countries),
            **in_languages("name", joined(names, chance.choice(PLACES), (str(number),) * 4)),
        )
        for kind, names in ORGANISATIONS.items()
        for number in range(1, ORGANISATIONS_OF_A_KIND + 1)
    ]


def _sources(chance: Random) -> list[Source]:
    return [
        Source(
            slug=f"document-{number}",
            title=f"Document {number}",
            kind=chance.choice(SourceKind.values),
            url=f"https://example.org/documents/{number}",
            language=chance.choice(LANGUAGES),
            published=about(chance, some_day(chance)),
            is_public=chance.random() < 0.9,
        )
        for number in range(1, SOURCES + 1)
    ]


def _events(chance: Random, countries: list[Country]) -> list[Event]:
    return [
        Event(
            slug=f"event-{number}",
            kind=chance.choice(EventKind.values),
            state=EventState.HELD,
            start=about(chance, some_day(chance)),
            host_country=chance.choice(countries),
            uid=UUID(int=chance.getrandbits(128), version=4),
            **in_languages("title", joined(chance.choice(WORKS), chance.choice(PLACES), by=": ")),
        )
        for number in range(1, EVENTS + 1)
    ]


def _invite(chance: Random, events: list[Event], countries: list[Country]) -> None:
    guests = Event.countries.through
    guests.objects.bulk_create(
        guests(event=event, country=country)
        for event in events
        for country in chance.sample(countries, 2)
    )
