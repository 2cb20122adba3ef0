"""What the register should say of each record from now on, as the working rows have it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Manager, QuerySet

from initiatives.choices import EditionKind, Publication
from initiatives.editions import record as public
from initiatives.editions.comparison import says_the_same
from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models import Initiative, InitiativeEvent, StatusChange
from initiatives.publication.records import EVENTS, INITIATIVES, EventRow, InitiativeRow


class Step(NamedTuple):
    """What holds from the instant `since` on: a public record, or that it is withdrawn."""

    since: datetime
    record: public.Part

    @property
    def is_public(self) -> bool:
        return not isinstance(self.record, public.Withdrawal)


@dataclass(frozen=True)
class Wanted:
    """The first of the `steps` is that of now; embargoes make the others, which begin by time
    alone. `row` is what the desk has noted of what is or will be public. `withdrawn_at` is when
    the row of what was public and is no more was last written."""

    steps: tuple[Step, ...]
    row: InitiativeRow | EventRow | None = None
    withdrawn_at: datetime | None = None


_NO_REASON = public.Withdrawal(form=public.FORM)


def wanted_initiatives(codes: Sequence[str], now: datetime) -> dict[str, Wanted]:
    """By code. A fixed number of queries, and as many for each instant at which embargoes end."""
    found = {code: Wanted((Step(now, _NO_REASON),)) for code in codes}
    rows, records = {}, {}
    for row, record in INITIATIVES.read(codes, now, shown=lambda row: row.is_shown):
        withdrawn_at = row.updated_at if row.is_withdrawn(now) else None
        found[row.code] = Wanted((Step(now, row.withdrawal),), withdrawn_at=withdrawn_at)
        if record is not None:
            rows[row.code], records[row.code, now] = row, record
    instants = _instants(rows, now)
    records |= _later_records(instants, now)
    for code, row in rows.items():
        steps = [Step(since, records[code, since]) for since in instants[code]]
        hidden = [] if steps[0].since == now else [Step(now, row.withdrawal)]
        found[code] = Wanted((*hidden, *_that_differ(steps)), row)
    return found


def _instants(rows: dict[str, InitiativeRow], now: datetime) -> dict[str, list[datetime]]:
    """When the record begins to be public, and when it names more that begins to be."""
    ends = defaultdict(set)
    for pk, until in _EMBARGOES_BESIDE([row.pk for row in rows.values()], now):
        ends[pk].add(until)
    found = {}
    for code, row in rows.items():
        begins = max(now, row.embargo_until or now)
        found[code] = [begins, *sorted(until for until in ends[row.pk] if until > begins)]
    return found


def _later_records(instants: dict[str, list[datetime]], now: datetime) -> dict[Any, Any]:
    at = defaultdict(list)
    for code, moments in instants.items():
        for since in moments:
            if since > now:
                at[since].append(code)
    return {
        (row.code, since): record
        for since, codes in at.items()
        for row, record in INITIATIVES.read(codes, since)
    }


def _that_differ(steps: list[Step]) -> list[Step]:
    pairs = pairwise(steps)
    return steps[:1] + [
        step for before, step in pairs if not says_the_same(before.record, step.record)
    ]


def _embargoes_beside(keys: list[int], now: datetime) -> QuerySet[Any, Any]:
    """The ends of embargoes on what the records name: wholes, parts, what they carry on and what
    carries them on, and initiatives that let out an event which a status change names."""
    ahead = {"publication": Publication.PUBLISHED, "embargo_until__gt": now}

    def ends(rows: Manager[Any], of: str, path: str) -> QuerySet[Any, Any]:
        of_path = {f"{path}__{name}": value for name, value in ahead.items()}
        found = rows.filter(**{f"{of}__in": keys}, **of_path).order_by()
        return values_of(found, of, f"{path}__embargo_until")

    changes = StatusChange.objects
    children = Initiative.objects.filter(parent__in=keys, **ahead).order_by()
    return values_of(children, "parent", "embargo_until").union(
        ends(Initiative.objects, "pk", "parent"),
        ends(changes, "initiative", "continued_in"),
        ends(changes, "continued_in", "initiative"),
        ends(changes, "initiative", "event__initiatives__initiative"),
    )


_EMBARGOES_BESIDE = KeptQuery(_embargoes_beside)


def wanted_events(slugs: Sequence[str], now: datetime) -> dict[str, Wanted]:
    """By slug. A fixed number of queries."""
    named = _named_since(slugs, now)
    found = {slug: Wanted((Step(now, _NO_REASON),)) for slug in slugs}
    for row, record in EVENTS.read(slugs, now):
        since = now if row.is_shown else named.get(row.slug)
        if since is not None:
            hidden = [] if since == now else [Step(now, _NO_REASON)]
            found[row.slug] = Wanted((*hidden, Step(since, record)), row)
    return found


def _named_since(slugs: Sequence[str], now: datetime) -> dict[str, datetime]:
    """From when on a published initiative names each event."""
    found: dict[str, datetime] = {}
    for slug, until in _EMBARGOES_OF_EVENTS(slugs, now):
        since = max(now, until or now)
        found[slug] = min(found.get(slug, since), since)
    return found


def _embargoes_of_events(slugs: list[str], now: datetime) -> QuerySet[InitiativeEvent, Any]:
    links = InitiativeEvent.objects.filter(
        event__slug__in=slugs, initiative__publication=Publication.PUBLISHED
    ).order_by()
    return values_of(links, "event__slug", "initiative__embargo_until").distinct()


_EMBARGOES_OF_EVENTS = KeptQuery(_embargoes_of_events, keys=str)
OF_KIND = {EditionKind.INITIATIVE: wanted_initiatives, EditionKind.EVENT: wanted_events}
