"""Editions as instances of the models, for everything that shows or writes a record.

The instances are never saved. What pages, files and rules look at hangs at them as if it had been
prefetched: it is made, and what it names is asked for by key, when somebody looks at it. Names of
countries, sectors and organisations are those of today. Keys of what a record names are made up,
but for the rows of those lists.
"""

from collections.abc import Iterable
from datetime import datetime

from initiatives.choices import EditionKind
from initiatives.editions import record as public
from initiatives.editions.current import editions_at, record_of
from initiatives.editions.instances.initiatives import Making, alone
from initiatives.editions.instances.named import Check, Named, event_records
from initiatives.editions.instances.values import text_of, values_of
from initiatives.editions.new_instances import instance
from initiatives.models import Event, Initiative

__all__ = ["alone", "events_at", "held_at", "instances_of", "records_at", "withdrawn"]

_POINTERS = ("form", "host_country", "countries", "organisations", "sources")


def held_at(codes: Iterable[str], at: datetime) -> dict[str, Initiative]:
    """By code the initiatives as they were published at the instant `at`: those that were.

    Each has its public record in `record`. A fixed number of queries, however many there are.
    """
    records, digests = {}, {}
    for edition in editions_at(EditionKind.INITIATIVE, codes, at):
        if isinstance(record := record_of(edition), public.InitiativeRecord):
            records[edition.key], digests[edition.key] = record, edition.digest
    made = {one.code: one for one in instances_of(records.values(), at)}
    for code, one in made.items():
        one.mark = (digests[code], one.last_checked_at, one.review_every_days)
    return made


def instances_of(
    records: Iterable[public.InitiativeRecord],
    at: datetime,
    *,
    events: Iterable[public.EventRecord] = (),
    checks: dict[str, Check] | None = None,
) -> list[Initiative]:
    """Initiatives as these records say, which held at the instant `at`; nine queries at most,
    some of them only when somebody looks at what they tell.

    What is not published has no editions of its `events`, nor of its `checks`.
    """
    records = list(records)
    making = Making(Named(records, at, events=events, checks=checks))
    return [making.initiative(record) for record in records]


def withdrawn(code: str, reason: public.Text) -> Initiative:
    """What is left of an initiative that was withdrawn: its code and the public reason."""
    return instance(Initiative, {"code": code, **text_of("withdrawn_reason", reason)})


def events_at(slugs: Iterable[str], at: datetime) -> dict[str, Event]:
    """By slug the events as they were published at the instant `at`, with their own columns alone;
    those that are public no more are left out."""
    records, hidden = event_records(set(slugs), at)
    return {
        slug: instance(Event, values_of(Event, record, without=_POINTERS) | {"id": number})
        for number, (slug, record) in enumerate(records.items(), 1)
        if slug not in hidden
    }


def records_at(codes: Iterable[str], at: datetime) -> dict[str, public.InitiativeRecord]:
    """By code the public records that held at the instant `at`."""
    editions = editions_at(EditionKind.INITIATIVE, codes, at)
    records = ((edition.key, record_of(edition)) for edition in editions)
    return {code: record for code, record in records if isinstance(record, public.InitiativeRecord)}
