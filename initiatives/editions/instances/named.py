"""What records name: rows of the lists, other initiatives, events, and the checks beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from initiatives.choices import EditionKind, EditionState
from initiatives.editions import record as public
from initiatives.models import (
    Country,
    Edition,
    Initiative,
    Organisation,
    ReviewCheck,
    Sector,
)

_REVIEWED_EVERY = 90  # days, of a record of which no check is known


@dataclass
class Named:
    """`initiatives` are those that are public today, by code to their primary keys. `checks` hold
    the instant of the last check, and after how many days it counts as stale. `hidden_events` were
    public once and are no more: nobody is told of them today, whatever the day asked for."""

    countries: dict[str, Country]
    sectors: dict[str, Sector]
    organisations: dict[str, Organisation]
    initiatives: dict[str, int]
    events: dict[str, public.EventRecord]
    hidden_events: set[str]
    checks: dict[str, tuple[datetime | None, int]]
    sources: dict[str, int] = field(default_factory=dict)

    def country(self, iso2: str | None) -> Country | None:
        """One that is there no more goes by its code."""
        return iso2 and (self.countries.get(iso2) or Country(iso2=iso2, name_en=iso2))

    def sector(self, slug: str) -> Sector:
        return self.sectors.get(slug) or Sector(slug=slug, name_en=slug)

    def organisation(self, slug: str | None) -> Organisation | None:
        return slug and (self.organisations.get(slug) or Organisation(slug=slug, name_en=slug))

    def source_key(self, slug: str) -> int:
        return self.sources.setdefault(slug, len(self.sources) + 1)


def named_by(records: Iterable[public.InitiativeRecord], at: datetime) -> Named:
    """Eight queries at most."""
    records = list(records)
    slugs = {link.slug for one in records for link in one.events} | _decided(records)
    events = _events(slugs, at)
    countries, organisations = _places(records, events.values())
    sectors = {share.slug for one in records for share in one.sectors}
    codes = set().union(*map(_codes, records))
    known = Initiative.objects.published().filter(code__in=codes).order_by()
    return Named(
        countries=Country.objects.in_bulk(countries, field_name="iso2"),
        sectors=Sector.objects.in_bulk(sectors, field_name="slug"),
        organisations=Organisation.objects.select_related("country").in_bulk(
            organisations, field_name="slug"
        ),
        initiatives=dict(known.values_list("code", "pk")),
        events=events,
        hidden_events=_hidden(slugs),
        checks=_checks(records, at),
    )


def _decided(records) -> set[str]:
    return {move.event for one in records for move in one.history if move.event}


def _codes(record) -> set[str]:
    following = {move.continued_in for move in record.history}
    return {record.code, record.parent, *record.children, *record.continues, *following} - {None}


def _places(records, events) -> tuple[set[str], set[str]]:
    countries: set[str | None] = set()
    organisations: set[str | None] = set()
    for one in records:
        countries |= {link.iso2 for link in one.countries}
        countries |= {move.decided_by for move in one.history}
        countries |= {step.responsible for step in one.milestones}
        countries |= {money.provider_country for money in one.funding}
        organisations |= {link.slug for link in one.organisations}
        for money in one.funding:
            organisations |= {money.provider, money.receiver}
    for event in events:
        countries |= {event.host_country, *event.countries}
        organisations |= {*event.organisations}
    return countries - {None}, organisations - {None}


def _events(slugs: set[str], at: datetime) -> dict[str, public.EventRecord]:
    editions = Edition.objects.of(EditionKind.EVENT, *slugs).current(at)
    return {
        edition.key: public.decoded(edition.body, public.EventRecord)
        for edition in editions.filter(state=EditionState.PUBLISHED).exclude(body="")
    }


def _hidden(slugs: set[str]) -> set[str]:
    editions = Edition.objects.of(EditionKind.EVENT, *slugs).current()
    return set(editions.exclude(state=EditionState.PUBLISHED).values_list("key", flat=True))


def _checks(records, at: datetime) -> dict[str, tuple[datetime | None, int]]:
    created = {one.code: datetime.fromisoformat(one.created_at) for one in records}
    found = dict.fromkeys(created, (None, _REVIEWED_EVERY))
    checks = ReviewCheck.objects.filter(key__in=created, recorded_at__lte=at)
    for check in checks.order_by("key", "recorded_at"):
        since = timezone.localdate(check.checked_at or created[check.key])
        found[check.key] = (check.checked_at, (check.due_on - since) // timedelta(days=1))
    return found
