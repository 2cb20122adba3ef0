"""Instances of events, with the initiatives that they were for."""

from collections.abc import Collection, Mapping
from datetime import datetime

from initiatives.editions import record as public
from initiatives.editions.instances import records_at
from initiatives.editions.instances.claims import Claims
from initiatives.editions.instances.initiatives import alone
from initiatives.editions.instances.named import Named
from initiatives.editions.instances.values import values_of
from initiatives.editions.new_instances import instance
from initiatives.models import Event, InitiativeEvent

_OF_LINK = ("relation", "decision", "protocol_reference")


def events_of(
    records: Collection[public.EventRecord], codes: Mapping[str, list[str]], at: datetime
) -> list[Event]:
    """Events as these records say, which hold at the instant `at`.

    `codes` are those of the initiatives that each is for, by slug, which `public_links` tells in
    this order. Four queries, however many there are.
    """
    claims = Claims(Named((), at, events=records))
    found = records_at({code for some in codes.values() for code in some}, at)
    events = [claims.event_in_full(record) for record in records]
    for event in events:
        told = [found[code] for code in codes.get(event.slug, ()) if code in found]
        event.public_links = [link for record in told for link in _links(event, record)]
    return events


def _links(event: Event, record: public.InitiativeRecord) -> list[InitiativeEvent]:
    initiative = alone(record, 0)
    initiative.record = record
    return [
        instance(
            InitiativeEvent,
            values_of(InitiativeEvent, part, *_OF_LINK) | {"id": 0},
            initiative=initiative,
            event=event,
        )
        for part in record.events
        if part.slug == event.slug
    ]
