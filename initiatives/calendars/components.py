"""What stands in a calendar: an event, the deadline of a milestone, the end of an initiative.

A component is named by a UID that never changes. Its SEQUENCE rises with each change, and its
DTSTAMP is the instant of the last one, so that the same data give the same bytes.
"""

from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from initiatives.calendars import spans
from initiatives.choices import EventState
from initiatives.lifecycle import Status
from initiatives.plain_text import clean, clean_line
from initiatives.timeline import milestone_in_words

_EVENT_STATES = {  # RFC 5545 has none for what nobody stated, and lets STATUS be absent
    EventState.PLANNED: "TENTATIVE",
    EventState.POSTPONED: "TENTATIVE",
    EventState.CONFIRMED: "CONFIRMED",
    EventState.HELD: "CONFIRMED",
    EventState.CANCELLED: "CANCELLED",
}
_INITIATIVE_STATES = {Status.SUSPENDED: "TENTATIVE", Status.CANCELLED: "CANCELLED"}


def of_event(event, absolute) -> Event | None:
    """`absolute` makes an address of a path. None for an event of which nobody knows when it is."""
    span = spans.of_event(event)
    if span is None:
        return None
    about = [f"{link.initiative.code} {link.initiative.title}" for link in event.followed]
    title = event.title or event.slug
    if event.state == EventState.POSTPONED:
        title = _("Postponed: %(title)s") % {"title": title}
    component = _component(
        span,
        uid=str(event.uid),
        sequence=event.sequence,
        rows=[event],
        title=title,
        status=_EVENT_STATES.get(EventState(event.state)),
        category=event.get_kind_display(),
        description=[event.get_state_display(), event.outcome, *about],
        url=absolute(reverse("initiatives:event", args=[event.slug])),
    )
    if event.place:
        component.add("location", clean_line(event.place))
    return component


def of_milestone(milestone, initiative, absolute) -> Event:
    """The deadline: the promised date, also where the milestone was reached on another one."""
    status = "CANCELLED" if milestone.is_dropped else _state(initiative)
    return _component(
        spans.of_date(milestone.planned),
        uid=_uid(initiative, f"milestone-{milestone.number}"),
        sequence=milestone.version + initiative.version - 2,
        rows=[milestone, initiative],
        title=f"{milestone_in_words(milestone)} – {_name(initiative)}",
        status=status,
        category=_("Milestone"),
        description=[_name(initiative), milestone.dropped_reason, milestone.protocol_reference],
        url=absolute(_page(initiative, f"milestone-{milestone.number}")),
    )


def of_planned_end(initiative, absolute) -> Event:
    name = _name(initiative)
    status = Status(initiative.status).label
    return _component(
        spans.of_date(initiative.planned_end),
        uid=_uid(initiative, "planned-end"),
        sequence=initiative.version - 1,
        rows=[initiative],
        title=_("Planned end: %(initiative)s") % {"initiative": name},
        status=_state(initiative),
        category=_("Planned end"),
        description=[_("Status: %(new)s") % {"new": status.lower()}, initiative.summary],
        url=absolute(_page(initiative)),
    )


def _component(span, *, uid, sequence, rows, title, status, category, description, url):
    changed = max(row.updated_at for row in rows).astimezone(UTC).replace(microsecond=0)
    component = Event()
    component.add("uid", uid)
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("sequence", sequence)
    component.add("dtstart", span.start)
    if span.end is not None:
        component.add("dtend", span.end)
    component.add("summary", clean_line(span.mark(title)))
    if status is not None:
        component.add("status", status)
    component.add("transp", "OPAQUE" if span.is_timed else "TRANSPARENT")
    component.add("categories", [category])
    component.add("description", clean("\n".join(filter(None, description))))
    component.add("url", url)
    return component


def _state(initiative):
    return _INITIATIVE_STATES.get(Status(initiative.status), "CONFIRMED")


def _uid(initiative, name):
    return f"{initiative.code}-{name}@{settings.IDENTIFIER_DOMAIN}"


def _name(initiative):
    return initiative.title or initiative.code


def _page(initiative, anchor=""):
    page = reverse("initiatives:detail", args=[initiative.code])
    return f"{page}#{anchor}" if anchor else page
