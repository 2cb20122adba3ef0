"""What of a scope stands in its calendar, as the public register tells it, a few at a time."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from icalendar import Event

from initiatives.editions.events import events_at
from initiatives.editions.facts import span
from initiatives.editions.index.reading import Reading
from initiatives.editions.instances import records_at
from initiatives.editions.record import EventRecord, InitiativeRecord
from initiatives.public.calendars import components
from initiatives.public.subscriptions import Scope

BATCH = 500  # records that are read together


def events(scope: Scope, absolute: Callable[..., Any]) -> Iterator[Event]:
    """The events that its initiatives name, and those that it has without them."""
    with scope.find() as found:
        named = {scope.only_event} if scope.only_event else set(found.tally("event"))
        places = found.reading.event_positions(None if scope.has_event else named)
    for records in events_at(places):
        chosen = [event for event in records if _is_in(event, scope, named)]
        about = _about(scope, [event.slug for event in chosen])
        for event in chosen:
            component = components.of_event(event, about[event.slug], absolute)
            if component is not None:
                yield component


def deadlines(scope: Scope, absolute: Callable[..., Any]) -> Iterator[Event]:
    """Planned ends of its initiatives and of their milestones, by code."""
    with scope.find() as found:
        codes = sorted(found.reading.keys(found.positions))
    left = iter(codes)
    while some := list(islice(left, BATCH)):
        records = records_at(some, scope.at or timezone.now())
        for code in some:
            if code in records:
                yield from _of_record(records[code], absolute)


def _is_in(event: EventRecord, scope: Scope, named: set[str]) -> bool:
    return event.slug in named or (scope.has_event is not None and scope.has_event(event))


def _about(scope: Scope, slugs: list[str]) -> dict[str, list[str]]:
    """Code and title of all public initiatives that each event was for."""
    with scope.find() as found:
        return {slug: _lines(found.reading, slug) for slug in slugs}


def _lines(reading: Reading, slug: str) -> list[str]:
    rows = reading.with_option("event", slug)
    titles = reading.titles(rows, get_language())
    return sorted(f"{code} {title}" for code, title in zip(reading.keys(rows), titles, strict=True))


def _of_record(record: InitiativeRecord, absolute: Callable[..., Any]) -> Iterator[Event]:
    if (end := span(record.planned_end)) is not None:
        yield components.of_planned_end(record, end, absolute)
    for step in record.milestones:
        if (planned := span(step.planned)) is not None:
            yield components.of_milestone(step, planned, record, absolute)
