"""What stands in a calendar: an event, the deadline of a milestone, the end of an initiative.

A component is named by a UID that never changes. Its SEQUENCE rises with each change, and its
DTSTAMP is the instant of the last one, so that the same data give the same bytes.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from initiatives.choices import EventKind, EventState
from initiatives.editions.record import EventRecord, InitiativeRecord, Milestone, Text
from initiatives.lifecycle import Status, label_of
from initiatives.partial_dates import PartialDate
from initiatives.public.calendars import spans
from initiatives.public.calendars.spans import Span
from initiatives.text.plain_text import clean, clean_line
from initiatives.timeline import step_in_words, text_and_language

_EVENT_STATES = {  # RFC 5545 has none for what nobody stated, and lets STATUS be absent
    EventState.PLANNED: "TENTATIVE",
    EventState.POSTPONED: "TENTATIVE",
    EventState.CONFIRMED: "CONFIRMED",
    EventState.HELD: "CONFIRMED",
    EventState.CANCELLED: "CANCELLED",
}
_INITIATIVE_STATES = {Status.SUSPENDED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


def of_event(event: EventRecord, about: list[str], absolute: Callable[..., Any]) -> Event | None:
    """None for an event of which nobody knows when it is. `about` are lines about the initiatives
    that it was for; `absolute` makes an address of a path."""
    dates = spans.of_event(event)
    if dates is None:
        return None
    title, state = _text(event.title) or event.slug, EventState(event.state)
    if state == EventState.POSTPONED:
        title = _("Postponed: %(title)s") % {"title": title}
    component = _component(
        dates,
        uid=event.uid,
        sequence=event.sequence,
        changed=event.updated_at,
        title=title,
        status=_EVENT_STATES.get(state),
        category=str(EventKind(event.kind).label),
        description=[str(state.label), _text(event.outcome), *about],
        url=absolute(reverse("initiatives:event", args=[event.slug])),
    )
    if place := _text(event.place):
        component.add("location", clean_line(place))
    return component


def of_milestone(
    step: Milestone, planned: PartialDate, record: InitiativeRecord, absolute: Callable[..., Any]
) -> Event:
    """The deadline `planned`, also where the milestone was reached on another day."""
    dropped_reason = _text(step.dropped_reason)
    words = step_in_words(
        _text(step.title), is_dropped=bool(dropped_reason), is_open=step.actual is None
    )
    return _component(
        spans.of_date(planned),
        uid=_uid(record, f"milestone-{step.number}"),
        sequence=step.version + record.version - 2,
        changed=max(step.updated_at, record.updated_at),
        title=f"{words} – {_name(record)}",
        status="CANCELLED" if dropped_reason else _state(record),
        category=_("Milestone"),
        description=[_name(record), dropped_reason, step.protocol_reference],
        url=absolute(_page(record, f"milestone-{step.number}")),
    )


def of_planned_end(
    record: InitiativeRecord, end: PartialDate, absolute: Callable[..., Any]
) -> Event:
    name = _name(record)
    status = str(label_of(record.status, record.delivered))
    return _component(
        spans.of_date(end),
        uid=_uid(record, "planned-end"),
        sequence=record.version - 1,
        changed=record.updated_at,
        title=_("Planned end: %(initiative)s") % {"initiative": name},
        status=_state(record),
        category=_("Planned end"),
        description=[_("Status: %(new)s") % {"new": status.lower()}, _text(record.summary)],
        url=absolute(_page(record)),
    )


def _component(
    dates: Span,
    *,
    uid: str,
    sequence: int,
    changed: str,
    title: str,
    status: str | None,
    category: str,
    description: list[str],
    url: str,
) -> Event:
    stamp = datetime.fromisoformat(changed).astimezone(UTC).replace(microsecond=0)
    component = Event()
    component.add("uid", uid)
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", sequence)
    component.add("dtstart", dates.start)
    if dates.end is not None:
        component.add("dtend", dates.end)
    component.add("summary", clean_line(dates.mark(title)))
    if status is not None:
        component.add("status", status)
    component.add("transp", "OPAQUE" if dates.is_timed else "TRANSPARENT")
    component.add("categories", [category])
    component.add("description", clean("\n".join(map(str, filter(None, description)))))
    component.add("url", url)
    return component


def _text(text: Text) -> str:
    return text_and_language(text)[0]


def _state(record: InitiativeRecord) -> str:
    return _INITIATIVE_STATES.get(Status(record.status), "CONFIRMED")


def _uid(record: InitiativeRecord, name: str) -> str:
    return f"{record.code}-{name}@{settings.IDENTIFIER_DOMAIN}"


def _name(record: InitiativeRecord) -> str:
    return _text(record.title) or record.code


def _page(record: InitiativeRecord, anchor: str = "") -> str:
    page = reverse("initiatives:detail", args=[record.code])
    return f"{page}#{anchor}" if anchor else page
