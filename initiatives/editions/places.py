"""How far the public register is: what tells whether an answer made from it is still the same."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from initiatives.choices import EditionKind
from initiatives.editions import record as public
from initiatives.models import Edition, ReviewCheck

_NEWEST = 10


@dataclass(frozen=True)
class Place:
    """`mark` differs wherever something public does; `changed_at` is when it became so."""

    mark: tuple
    changed_at: datetime | None


def of_register() -> Place:
    """Three queries, each of one row by an index."""
    return _place(Edition.objects.all(), ReviewCheck.objects.all())


def of_record(record: public.InitiativeRecord) -> Place:
    """Of a record as it is shown, of the records and events that it names, and of those that name
    it: each names the other. Three queries."""
    keys = {record.code, *_named_by(record)}
    editions = Edition.objects.filter(key__in=keys)
    return _place(editions, ReviewCheck.objects.filter(key__in=keys))


def _place(editions, checks) -> Place:
    """Editions become current by being written, and under an embargo by time alone: the last of
    both are in the mark. What an embargo still hides moves nothing."""
    now = timezone.now()
    begun = editions.filter(since__lte=now).order_by()
    digest, issued_at = _last(editions, now) or _last(begun, now) or ("", None)
    since = begun.aggregate(last=Max("since"))["last"]
    # Only initiatives are checked; to name the kind lets a database use the index by key.
    of_it = {"kind": EditionKind.INITIATIVE, "key": OuterRef("key"), "since__lte": now}
    shown = Exists(Edition.objects.filter(**of_it).order_by())
    checks = checks.filter(shown).order_by("-pk")
    check = checks.values_list("pk", "recorded_at").first() or (None, None)
    instants = [one for one in (issued_at, since, check[1]) if one is not None]
    return Place((digest, since, check[0]), max(instants, default=None))


def _last(editions, now: datetime) -> tuple[str, datetime] | None:
    """Of the few newest editions the newest that has begun, nearly always the newest of all: to
    ask for that one lets SQLite sort all that have begun."""
    newest = editions.order_by("-position").values_list("digest", "issued_at", "since")
    return next(((digest, at) for digest, at, since in newest[:_NEWEST] if since <= now), None)


def _named_by(record: public.InitiativeRecord) -> set[str]:
    codes = {record.parent, *record.children, *record.continues}
    codes |= {move.continued_in for move in record.history}
    slugs = {link.slug for link in record.events} | {move.event for move in record.history}
    return (codes | slugs) - {None}
