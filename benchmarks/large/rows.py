"""The working rows of the large register: as few as say what its pages and peers ask for."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from django.utils.timezone import localdate

from benchmarks.large.records import Made, own_words
from benchmarks.large.reference import Reference
from benchmarks.large.stories import Story
from benchmarks.large.tables import Table, in_database, reset_sequences
from benchmarks.vocabulary import LANGUAGES
from initiatives import models
from initiatives.choices import Publication
from initiatives.fields import PartialDateField
from initiatives.fields.money import SCALE

Row = tuple
Rows = dict[str, list[Row]]  # by the name of a table of `tables()`

_DATES = (
    "status_since",
    "planned_start",
    "planned_end",
    "first_planned_end",
    "actual_start",
    "actual_end",
)
_OWN = (
    "id code publication created_at published_at updated_at last_checked_at search_text version "
    "public_version parent_id"
).split()
_INTERVAL = timedelta(days=90)
_MONEY = "number type amount_kind currency instrument provider_id provider_country_id".split()


def tables() -> dict[str, Table]:
    """What is pointed to first. What has no key of its own here gets it from the database."""

    def texts(*names: str) -> list[str]:
        return [column for name in names for column in (name, *_translated(name))]

    link = "initiative_id"
    return {
        "initiatives": Table(
            models.Initiative,
            *_OWN,
            *texts("title", "summary"),
            *("kind", "status", *_DATES),
            *texts("description", "outcome"),
        ),
        "countries": Table(models.InitiativeCountry, link, "country_id", "role"),
        "sectors": Table(models.InitiativeSector, link, "sector_id", "is_main"),
        "organisations": Table(models.InitiativeOrganisation, link, "organisation_id", "role"),
        "events": Table(models.InitiativeEvent, link, "event_id", "relation"),
        "funding": Table(models.Funding, link, *_MONEY, "amount", "amount_max", "date"),
        "checks": Table(models.ReviewCheck, "key", "checked_at", "due_on", "recorded_at"),
    }


def end(written: Iterable[Table]) -> None:
    reset_sequences(*(table.model for table in written))


def _translated(name: str) -> list[str]:
    return [f"{name}_{code}" for code in LANGUAGES]


class OfStory(NamedTuple):
    """Columns and rows that all records have that tell the story, without the record's key."""

    created_at: str
    columns: Row
    events: list[Row]
    funding: list[Row]


class WorkingRows:
    """The rows of records, as the database takes them."""

    def __init__(self, reference: Reference) -> None:
        self._reference, self._instant = reference, in_database()
        self._events = {event.slug: event.pk for event in reference.events}
        self._organisations = {one.slug: one.pk for one in reference.organisations}
        self._countries = {one.iso2: one.pk for one in reference.countries}
        self._known: dict[Story, OfStory] = {}

    def of(self, records: Iterable[Made]) -> Rows:
        rows: Rows = {name: [] for name in tables()}
        for made in records:
            of_story = self._known.get(made.story)
            if of_story is None:
                of_story = self._known[made.story] = self._of_story(made.story)
            rows["initiatives"].append(self._initiative(made, of_story))
            rows["checks"].append(self._check(made))
            own = (made.number,)
            for name, linked in self._links(made):
                rows[name] += linked
            rows["events"] += [own + row for row in of_story.events]
            rows["funding"] += [own + row for row in of_story.funding]
        return rows

    def _links(self, made: Made) -> Iterator[tuple[str, list[Row]]]:
        number, who, reference = made.number, made.who, self._reference
        countries, organisations = reference.countries, reference.organisations
        sectors = [reference.sectors[place].pk for place in who.sectors]
        yield "countries", [(number, countries[at].pk, role) for at, role in who.countries]
        yield "sectors", [(number, key, order == 0) for order, key in enumerate(sectors)]
        yield (
            "organisations",
            [(number, organisations[at].pk, role) for at, role in who.organisations],
        )

    def _initiative(self, made: Made, of_story: OfStory) -> Row:
        published = self._instant(made.clock)
        pieces = (own_words(made.number, made.clock, made.title), *made.title.pieces())
        version = made.story.told.version + (1 if made.due else 0)
        return (
            made.number,
            made.code,
            Publication.PUBLISHED.value,
            of_story.created_at,
            published,
            self._instant(made.due or made.clock),
            published,
            " ".join((*pieces, made.story.folded)),
            version,
            version,
            made.parent,
            *_texts(made.title.title),
            *_texts(made.title.summary),
            *of_story.columns,
        )

    def _check(self, made: Made) -> Row:
        published = self._instant(made.clock)
        return made.code, published, _due(made.clock), published

    def _of_story(self, story: Story) -> OfStory:
        record = story.record
        dates = (span(getattr(record, name)) for name in _DATES)
        texts = (*_texts(record.description), *_texts(record.outcome))
        return OfStory(
            self._instant(datetime.fromisoformat(record.created_at)),
            (record.kind, record.status, *dates, *texts),
            [(self._events[event.slug], event.relation) for event in record.events],
            [self._funding(line) for line in record.funding],
        )

    def _funding(self, line) -> Row:
        return (
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


def _texts(text) -> Row:
    """The column without a language, and those with one."""
    return text.en, text.en, text.ru, text.uz, text.kk


@lru_cache(maxsize=64)
def _due(published: datetime) -> str:
    """The day on which the check of a record that was published then gets too old."""
    return f"{localdate(published) + _INTERVAL:%Y-%m-%d}"


@cache
def span(text: str | None) -> str | None:
    """A partial date as its column holds it."""
    return PartialDateField().get_prep_value(text)


@cache
def _thousandths(amount: str | None) -> int | None:
    return None if amount is None else int(float(amount)) * 10**SCALE
