"""What records name: rows of the lists, other initiatives, events, and the checks beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast

from django.db.models import Model, QuerySet
from django.utils import timezone

from initiatives.choices import EditionKind, EditionState
from initiatives.editions import record as public
from initiatives.editions.current import editions_at, record_of
from initiatives.editions.lists import LISTS, rows_of
from initiatives.kept_queries import KeptQuery, chunks, values_of
from initiatives.models import Edition, ReviewCheck

_REVIEWED_EVERY = 90  # days, of a record of which no check is known
# The instant of the last check, and after how many days it counts as stale.
Check = tuple[datetime | None, int]


class Named:
    """What is named by the `records`, which held at the instant `at`, and by these `events`.

    Rows of the lists and events are asked for when somebody looks at the first of them: one query
    for each list and two for events. `initiatives` are those that are public today, by code to
    numbers that stand for their primary keys, which no edition has.
    """

    def __init__(
        self,
        records: Sequence[public.InitiativeRecord],
        at: datetime,
        *,
        events: Iterable[public.EventRecord] = (),
        checks: dict[str, Check] | None = None,
    ) -> None:
        self._records, self._at = records, at
        self._given_events = {event.slug: event for event in events}
        self._lists: dict[str, dict[str, Model]] = {}
        self._sources: dict[str, int] = {}
        self.initiatives = public_codes(set[str]().union(*map(_codes, records)))
        self.checks = _checks(records, at) if checks is None else checks

    def row(self, name: str, key: str | None) -> Any:
        """The row of the list `name`; one that is there no more goes by its key."""
        if key is None:
            return None
        rows = self._lists.get(name)
        if rows is None:
            rows = self._lists[name] = rows_of(name, self._keys[name])
        if (found := rows.get(key)) is None:
            model, path = LISTS[name]
            found = rows[key] = model(**{path: key, "name_en": key})
        return found

    def source_key(self, slug: str) -> int:
        return self._sources.setdefault(slug, len(self._sources) + 1)

    @property
    def events(self) -> dict[str, public.EventRecord]:
        """As they were known at the instant, by slug."""
        return self._events[0]

    @property
    def hidden_events(self) -> set[str]:
        """Those that were public once and are no more: nobody is told of them today, whatever the
        day asked for."""
        return self._events[1]

    @cached_property
    def _keys(self) -> dict[str, set[str]]:
        keys = _keys(self._records)
        for name, others in _keys_of_events(self._given_events.values()).items():
            keys[name] |= others
        return keys

    @cached_property
    def _events(self) -> tuple[dict[str, public.EventRecord], set[str]]:
        slugs = {link.slug for one in self._records for link in one.events}
        found, hidden = event_records(slugs | _decided(self._records), self._at)
        found |= self._given_events
        for name, keys in _keys_of_events(found.values()).items():
            if name in self._lists:
                missing = keys - self._lists[name].keys()
                self._lists[name] |= rows_of(name, missing)
            else:
                self._keys[name] |= keys
        return found, hidden


def _decided(records: Iterable[public.InitiativeRecord]) -> set[str]:
    return {move.event for one in records for move in one.history if move.event}


def _codes(record: public.InitiativeRecord) -> set[str]:
    following = {move.continued_in for move in record.history}
    return _stated({record.code, record.parent, *record.children, *record.continues, *following})


def _stated(keys: set[str | None]) -> set[str]:
    return {key for key in keys if key is not None}


def _keys(records: Iterable[public.InitiativeRecord]) -> dict[str, set[str]]:
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
    return {
        "country": _stated(countries),
        "sector": {share.slug for one in records for share in one.sectors},
        "organisation": _stated(organisations),
    }


def _keys_of_events(events: Iterable[public.EventRecord]) -> dict[str, set[str]]:
    countries: set[str] = set()
    organisations: set[str] = set()
    for event in events:
        countries |= _stated({event.host_country, *event.countries})
        organisations |= {*event.organisations}
    return {"country": countries, "organisation": organisations}


def event_records(slugs: set[str], at: datetime) -> tuple[dict[str, public.EventRecord], set[str]]:
    """The events as they were at the instant `at`, and those that are hidden now."""
    now = timezone.now()
    current = list(editions_at(EditionKind.EVENT, slugs, now))
    hidden = {one.key for one in current if one.state != EditionState.PUBLISHED}
    if any(one.since > at for one in current):
        current = list(editions_at(EditionKind.EVENT, slugs, at))
    records = ((one.key, record_of(one)) for one in current)
    found = {key: record for key, record in records if isinstance(record, public.EventRecord)}
    return found, hidden


def public_codes(codes: set[str]) -> dict[str, int]:
    """Those of `codes` under which something is public today, with numbers that stand for their
    primary keys; one query, or one for each chunk of very many codes."""
    found: dict[str, int] = {}
    for some in chunks(codes):
        found |= dict(_PUBLISHED(some, timezone.now()))
    return found


def _published(codes: list[str], now: datetime) -> QuerySet[Edition, Any]:
    rows = Edition.objects.of(EditionKind.INITIATIVE, *codes).current(now)
    return values_of(rows.filter(state=EditionState.PUBLISHED).order_by(), "key", "position")


def _checks(records: Sequence[public.InitiativeRecord], at: datetime) -> dict[str, Check]:
    created = {one.code: datetime.fromisoformat(one.created_at) for one in records}
    found: dict[str, Check] = dict.fromkeys(created, (None, _REVIEWED_EVERY))
    for some in chunks(created):
        for key, _recorded, checked_at, due_on in sorted(_CHECKS(some, at), key=_recorded_at):
            since = timezone.localdate(checked_at or created[key])
            found[key] = (checked_at, (due_on - since) // timedelta(days=1))
    return found


def _recorded_at(check: tuple[Any, ...]) -> datetime:
    return cast(datetime, check[1])


def _checks_of(codes: list[str], at: datetime) -> QuerySet[ReviewCheck, Any]:
    checks = ReviewCheck.objects.filter(key__in=codes, recorded_at__lte=at).order_by()
    return values_of(checks, "key", "recorded_at", "checked_at", "due_on")


_PUBLISHED = KeptQuery(_published, keys=str)
_CHECKS = KeptQuery(_checks_of, keys=str)
