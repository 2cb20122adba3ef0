"""What records name: rows of the lists, other initiatives, events, and the checks beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils import timezone

from initiatives.choices import EditionKind, EditionState
from initiatives.editions import record as public
from initiatives.editions.current import editions_at, record_of
from initiatives.editions.instances.listed import LISTS, rows_of
from initiatives.kept_queries import KeptQuery, chunks, values_of
from initiatives.models import Initiative, ReviewCheck

_REVIEWED_EVERY = 90  # days, of a record of which no check is known
# The instant of the last check, and after how many days it counts as stale.
Check = tuple[datetime | None, int]


@dataclass
class Named:
    """`lists` are the rows of countries, sectors and organisations, by name of the list and key.

    `initiatives` are those that are public today, by code to their primary keys. `hidden_events`
    were public once and are no more: nobody is told of them today, whatever the day asked for.
    """

    lists: dict[str, dict[str, Model]]
    initiatives: dict[str, int]
    events: dict[str, public.EventRecord]
    hidden_events: set[str]
    checks: dict[str, Check]
    sources: dict[str, int] = field(default_factory=dict)

    def row(self, name: str, key: str | None):
        """The row of the list `name`; one that is there no more goes by its key."""
        if key is None:
            return None
        found = self.lists[name].get(key)
        if found is None:
            model, path = LISTS[name]
            found = self.lists[name][key] = model(**{path: key, "name_en": key})
        return found

    def source_key(self, slug: str) -> int:
        return self.sources.setdefault(slug, len(self.sources) + 1)


def named_by(
    records: Sequence[public.InitiativeRecord],
    at: datetime,
    *,
    events: Iterable[public.EventRecord] = (),
    checks: dict[str, Check] | None = None,
) -> Named:
    """What is named by the `records`, which held at the instant `at`, and by these `events`.

    Seven queries at most; `checks` are asked for where they are not given.
    """
    slugs = {link.slug for one in records for link in one.events} | _decided(records)
    named, hidden = event_records(slugs, at)
    named |= {event.slug: event for event in events}
    keys = _keys(records, named.values())
    codes = set().union(*map(_codes, records))
    return Named(
        lists={name: rows_of(name, keys[name] - {None}) for name in LISTS},
        initiatives=_known(codes),
        events=named,
        hidden_events=hidden,
        checks=_checks(records, at) if checks is None else checks,
    )


def _decided(records) -> set[str]:
    return {move.event for one in records for move in one.history if move.event}


def _codes(record) -> set[str]:
    following = {move.continued_in for move in record.history}
    return {record.code, record.parent, *record.children, *record.continues, *following} - {None}


def _keys(records, events) -> dict[str, set[str | None]]:
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
    sectors: set[str | None] = {share.slug for one in records for share in one.sectors}
    return {"country": countries, "sector": sectors, "organisation": organisations}


def event_records(slugs: set[str], at: datetime) -> tuple[dict[str, public.EventRecord], set[str]]:
    """The events as they were at the instant `at`, and those that are hidden now."""
    now = timezone.now()
    current = list(editions_at(EditionKind.EVENT, slugs, now))
    hidden = {one.key for one in current if one.state != EditionState.PUBLISHED}
    if any(one.since > at for one in current):
        current = list(editions_at(EditionKind.EVENT, slugs, at))
    records = ((one.key, record_of(one)) for one in current)
    return {key: record for key, record in records if record is not None}, hidden


def _known(codes: set[str]) -> dict[str, int]:
    found = {}
    for some in chunks(codes):
        found |= dict(_PUBLISHED(some, timezone.now()))
    return found


def _published(codes, now):
    rows = Initiative.objects.published(now).filter(code__in=codes).order_by()
    return values_of(rows, "code", "pk")


def _checks(records, at: datetime) -> dict[str, Check]:
    created = {one.code: datetime.fromisoformat(one.created_at) for one in records}
    found: dict[str, Check] = dict.fromkeys(created, (None, _REVIEWED_EVERY))
    for some in chunks(created):
        for key, _recorded, checked_at, due_on in sorted(_CHECKS(some, at), key=_recorded_at):
            since = timezone.localdate(checked_at or created[key])
            found[key] = (checked_at, (due_on - since) // timedelta(days=1))
    return found


def _recorded_at(check: tuple) -> datetime:
    return check[1]


def _checks_of(codes, at):
    checks = ReviewCheck.objects.filter(key__in=codes, recorded_at__lte=at).order_by()
    return values_of(checks, "key", "recorded_at", "checked_at", "due_on")


_PUBLISHED = KeptQuery(_published, keys=str)
_CHECKS = KeptQuery(_checks_of, keys=str)
