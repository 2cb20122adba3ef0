"""The working rows of the large register: as few as say what its pages and peers ask for."""

from datetime import datetime, timedelta
from functools import cache, lru_cache

from django.utils.timezone import localdate

from benchmarks.large.records import Made, place_in_family
from benchmarks.large.reference import Reference
from benchmarks.large.tables import Table, in_database, reset_sequences
from benchmarks.vocabulary import LANGUAGES
from initiatives import models
from initiatives.choices import Publication
from initiatives.fields import PartialDateField
from initiatives.fields.money import SCALE

_TEXTS = ("title", "summary", "description", "outcome")
_DATES = (
    "status_since",
    "planned_start",
    "planned_end",
    "first_planned_end",
    "actual_start",
    "actual_end",
)
_INTERVAL = timedelta(days=90)
_OWN = (
    "id code kind status publication created_at published_at updated_at last_checked_at "
    "search_text version public_version parent_id"
).split()


_moment = lru_cache(maxsize=64)(datetime.fromisoformat)


@lru_cache(maxsize=64)
def _due(published: str) -> str:
    """The day on which the check of a record that was published then gets too old."""
    return f"{localdate(_moment(published)) + _INTERVAL:%Y-%m-%d}"


@cache
def span(text: str | None) -> str | None:
    """A partial date as its column holds it."""
    return PartialDateField().get_prep_value(text)


class WorkingRows:
    def __init__(self, reference: Reference) -> None:
        self._reference, self._instant = reference, in_database()
        self._events = {event.slug: event.pk for event in reference.events}
        self._organisations = {one.slug: one.pk for one in reference.organisations}
        self._countries = {one.iso2: one.pk for one in reference.countries}
        in_languages = [f"{name}_{code}" for name in _TEXTS for code in LANGUAGES]
        self._initiatives = Table(models.Initiative, *_OWN, *_TEXTS, *in_languages, *_DATES)
        link = ("id", "initiative_id")
        self._of_country = Table(models.InitiativeCountry, *link, "country_id", "role")
        self._of_sector = Table(models.InitiativeSector, *link, "sector_id", "is_main")
        self._of_organisation = Table(
            models.InitiativeOrganisation, *link, "organisation_id", "role"
        )
        self._of_event = Table(models.InitiativeEvent, *link, "event_id", "relation")
        self._funding = Table(
            models.Funding,
            *link,
            *"number type amount_kind currency instrument provider_id provider_country_id".split(),
            *"amount amount_max date".split(),
        )
        self._checks = Table(models.ReviewCheck, *"id key checked_at due_on recorded_at".split())
        self._last: dict[Table, int] = {}

    def add(self, number: int, made: Made) -> None:
        record, reference = made.now.record, self._reference
        self._add_initiative(number, made)
        for place, role in made.who.countries:
            self._link(self._of_country, number, reference.countries[place].pk, role)
        for order, place in enumerate(made.who.sectors):
            self._link(self._of_sector, number, reference.sectors[place].pk, order == 0)
        for place, role in made.who.organisations:
            self._link(self._of_organisation, number, reference.organisations[place].pk, role)
        for event in record.events:
            self._link(self._of_event, number, self._events[event.slug], event.relation)
        for line in record.funding:
            self._add_funding(number, line)

    def write(self) -> None:
        for table in self._tables():
            table.write()

    def end(self) -> None:
        reset_sequences(*(table.model for table in self._tables()))

    def _tables(self) -> list[Table]:
        """What is pointed to first."""
        tables = [self._initiatives, self._of_country, self._of_sector, self._of_organisation]
        return [*tables, self._of_event, self._funding, self._checks]

    def _add_initiative(self, number: int, made: Made) -> None:
        record = made.now.record
        texts = [getattr(record, name) for name in _TEXTS]
        published = self._stored(record.published_at)
        self._initiatives.add(
            number,
            record.code,
            record.kind,
            record.status,
            Publication.PUBLISHED.value,
            self._stored(record.created_at),
            published,
            self._stored(record.updated_at),
            published,
            " ".join(made.now.pieces),
            record.version,
            record.version,
            number - place_in_family(number) if record.parent else None,
            *(text.en for text in texts),
            *(getattr(text, code) for text in texts for code in LANGUAGES),
            *(span(getattr(record, name)) for name in _DATES),
        )
        self._checks.add(number, record.code, published, _due(record.published_at), published)

    def _stored(self, instant: str) -> str:
        return self._instant(_moment(instant))

    def _link(self, table: Table, number: int, *values) -> None:
        table.add(self._next(table), number, *values)

    def _add_funding(self, number: int, line) -> None:
        self._link(
            self._funding,
            number,
            line.number,
            line.type,
            line.amount_kind,
            line.currency,
            line.instrument,
            self._organisations[line.provider],
            self._countries[line.provider_country],
            _thousandths(line.amount),
            _thousandths(line.amount_max),
            span(line.date),
        )

    def _next(self, table: Table) -> int:
        self._last[table] = number = self._last.get(table, 0) + 1
        return number


@cache
def _thousandths(amount: str | None) -> int | None:
    return None if amount is None else int(float(amount)) * 10**SCALE
