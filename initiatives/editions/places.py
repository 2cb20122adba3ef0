"""How far the public register is: what tells whether an answer made from it is still the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from initiatives.choices import EditionKind
from initiatives.editions import followed
from initiatives.editions import record as public
from initiatives.editions.followed import with_newest_check
from initiatives.kept_queries import KeptQuery, KeptTableQuery, chunks, values_of
from initiatives.models import Edition, ReviewCheck

_NEWEST = 10


@dataclass(frozen=True)
class Place:
    """`mark` differs wherever something public does; `changed_at` is when it became so.

    `position` is that of the newest edition that holds, `newest` the end of the register, which an
    embargo may still hide.
    """

    mark: tuple[Any, ...]
    changed_at: datetime | None
    newest: followed.Place = followed.NOWHERE
    position: int = 0


def of_register() -> Place:
    """Four queries, each of a few rows by an index."""
    now = timezone.now()
    rows = iter(_NEWEST_EDITIONS(now))
    last = list(islice(rows, 1))
    newest = _begun(chain(last, rows), now) or _LAST_EDITION(now)
    place = _place(newest, _LAST_SINCE(now), _LAST_REDACTION(now), _LAST_CHECK(now))
    return replace(place, newest=followed.place_of(next(iter(last), None)))


def of_record(record: public.InitiativeRecord) -> Place:
    """Of a record as it is shown, of the records and events that it names, and of those that name
    it: each names the other. Four queries for each TOGETHER of them."""
    now = timezone.now()
    keys = list(chunks(sorted({record.code, *_named_by(record)})))

    def asked(query: KeptQuery) -> list[tuple[Any, ...]]:
        return [row for some in keys for row in query(some, now)]

    newest = [
        row for some in keys for row in _begun(_NEWEST_OF(some, now), now) or _LAST_OF(some, now)
    ]
    return _place(newest, asked(_LAST_SINCE_OF), asked(_LAST_REDACTION_OF), asked(_LAST_CHECK_OF))


def _place(
    newest: Iterable[tuple[Any, ...]],
    since: Iterable[tuple[Any, ...]],
    redactions: Iterable[tuple[Any, ...]],
    checks: Iterable[tuple[Any, ...]],
) -> Place:
    """Editions become current by being written, and under an embargo by time alone: the last of
    both are in the mark. What an embargo still hides moves nothing."""
    position, digest, *_check, issued_at, _since = max(newest, default=(0, "", None, None))
    (last,), (redacted,) = max(since, default=(None,)), max(redactions, default=(None,))
    check, recorded_at = max(checks, default=(None, None))
    instants = [one for one in (issued_at, last, redacted, recorded_at) if one is not None]
    mark = (digest, last, redacted, check)
    return Place(mark, max(instants, default=None), position=position)


def _begun(newest: Iterable[tuple[Any, ...]], now: datetime) -> list[tuple[Any, ...]]:
    """Of the few newest editions the newest that has begun, nearly always the newest of all: to
    ask for that one lets SQLite sort all that have begun. Those behind it are not looked at."""
    return list(islice((row for row in newest if row[-1] <= now), 1))


def _last_since(rows: QuerySet[Any, Any], now: datetime) -> QuerySet[Any, Any]:
    return values_of(rows.filter(since__lte=now).order_by("-since"), "since")[:1]


def _last_redaction(rows: QuerySet[Any, Any], now: datetime) -> QuerySet[Any, Any]:
    redacted = rows.filter(redacted_at__isnull=False, since__lte=now)
    return values_of(redacted.order_by("-redacted_at"), "redacted_at")[:1]


def _last_check(checks: QuerySet[Any, Any], now: datetime) -> QuerySet[Any, Any]:
    # Only initiatives are checked; to name the kind lets a database use the index by key.
    of_it = {"kind": EditionKind.INITIATIVE, "key": OuterRef("key"), "since__lte": now}
    shown = Exists(Edition.objects.filter(**of_it).order_by())
    return values_of(checks.filter(shown).order_by("-pk"), "pk", "recorded_at")[:1]


def _of(keys: list[str]) -> QuerySet[Any, Any]:
    """Editions of records and events. Their index begins with the kind: where none is named,
    PostgreSQL reads all editions."""
    return Edition.objects.filter(kind__in=EditionKind.values, key__in=keys)


_NEWEST_EDITIONS = KeptTableQuery(lambda now: with_newest_check(Edition.objects.all())[:_NEWEST])
_LAST_EDITION = KeptTableQuery(
    lambda now: with_newest_check(Edition.objects.filter(since__lte=now))[:1]
)
_LAST_SINCE = KeptTableQuery(lambda now: _last_since(Edition.objects.all(), now))
_LAST_REDACTION = KeptTableQuery(lambda now: _last_redaction(Edition.objects.all(), now))
_LAST_CHECK = KeptTableQuery(lambda now: _last_check(ReviewCheck.objects.all(), now))
_NEWEST_OF = KeptQuery(lambda keys, now: with_newest_check(_of(keys))[:_NEWEST], keys=str)
_LAST_OF = KeptQuery(
    lambda keys, now: with_newest_check(_of(keys).filter(since__lte=now))[:1], keys=str
)
_LAST_SINCE_OF = KeptQuery(lambda keys, now: _last_since(_of(keys), now), keys=str)
_LAST_REDACTION_OF = KeptQuery(lambda keys, now: _last_redaction(_of(keys), now), keys=str)
_LAST_CHECK_OF = KeptQuery(
    lambda keys, now: _last_check(ReviewCheck.objects.filter(key__in=keys), now), keys=str
)


def _named_by(record: public.InitiativeRecord) -> set[str]:
    codes = {record.parent, *record.children, *record.continues}
    codes |= {move.continued_in for move in record.history}
    slugs = {link.slug for link in record.events} | {move.event for move in record.history}
    return {name for name in codes | slugs if name is not None}
