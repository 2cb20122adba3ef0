"""Each kind of row as an entry. No function here asks the database.

Rows come with their relations; citations are told where they were fetched before.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.choices import EventState
from initiatives.editions.facts import span
from initiatives.editions.record import EventRecord
from initiatives.editions.spoken import text_and_language
from initiatives.lifecycle import label_of
from initiatives.models import (
    Citation,
    DateRevision,
    Funding,
    Initiative,
    InitiativeEvent,
    Milestone,
    Source,
    StatusChange,
)
from initiatives.models.record import hung_at
from initiatives.partial_dates import PartialDate
from initiatives.timeline.entry import Entry, Kind, tag_uri
from initiatives.timeline.sentences import (
    event_of_in_words,
    milestone_in_words,
    money_in_words,
    moved_date_in_words,
    status_in_words,
)
from initiatives.timeline.words import told


def tell_new(initiative: Initiative, *, at: datetime) -> Entry:
    """The record became public at the instant `at`."""
    status = str(label_of(initiative.status, initiative.delivered)).lower()
    text, language = told(initiative, "summary")
    return Entry(
        kind=Kind.NEW,
        initiative=initiative,
        at=at,
        on=_day(at),
        title=_("New on this site, status: %(status)s") % {"status": status},
        body=text,
        language=language,
        citations=_citations(initiative),
        uid=tag_uri(f"initiative/{initiative.code}/new"),
    )


def tell_status(change: StatusChange, *, at: datetime | None = None) -> Entry:
    text, language = _reason_of(change)
    return Entry(
        kind=Kind.STATUS,
        at=at or change.recorded_at,
        on=change.effective,
        title=status_in_words(change),
        body=text,
        language=language,
        **_numbered(change, "status"),
    )


def _reason_of(change: StatusChange) -> tuple[str, str]:
    """The reason; where none is given, what was not delivered of what is implemented."""
    text, language = told(change, "reason")
    if text or not change.delivered:
        return text, language
    return told(change.initiative, "not_delivered")


def tell_moved_date(revision: DateRevision, *, at: datetime | None = None) -> Entry:
    """A promise moves when it is recorded: there is no other date to go by."""
    text, language = told(revision, "reason")
    return Entry(
        kind=Kind.DATE_MOVED,
        at=at or revision.recorded_at,
        on=_day(revision.recorded_at),
        title=moved_date_in_words(revision),
        body=text,
        language=language,
        **_numbered(revision, "date", anchor="moved"),
    )


def tell_money(funding: Funding, *, at: datetime | None = None) -> Entry:
    text, language = told(funding, "note")
    return Entry(
        kind=Kind.MONEY,
        at=at or funding.created_at,
        on=funding.date,
        title=money_in_words(funding),
        body=text,
        language=language,
        **_numbered(funding, "money"),
    )


def tell_milestone(milestone: Milestone, *, at: datetime | None = None) -> Entry:
    """What was dropped took place when that was recorded: that day is known, and no other."""
    text, language = told(milestone, "dropped_reason")
    dropped_on = _day(milestone.updated_at) if milestone.is_dropped else None
    return Entry(
        kind=Kind.MILESTONE,
        at=at or milestone.updated_at,
        on=dropped_on or milestone.actual or milestone.planned,
        is_recorded=milestone.is_dropped,
        title=milestone_in_words(milestone),
        body=text,
        language=language,
        **_numbered(milestone, "milestone"),
    )


def tell_event_of(link: InitiativeEvent) -> Entry:
    """What an event was for an initiative."""
    event = link.event
    text, language = told(link, "decision")
    return Entry(
        kind=Kind.EVENT,
        initiative=link.initiative,
        event=event,
        at=link.created_at,
        on=event.start or event.end,
        title=event_of_in_words(link),
        body=text,
        language=language,
        citations=_citations(event),
        uid=tag_uri(f"initiative/{link.initiative.code}/event/{event.slug}/{link.relation}"),
        anchor=f"event-{event.slug}",
    )


def tell_event(event: EventRecord) -> Entry:
    """An event as it stands; each of its changes has an identifier of its own."""
    title, _language = text_and_language(event.title)
    text, language = text_and_language(event.outcome)
    state = EventState(event.state).label.lower()
    return Entry(
        kind=Kind.EVENT,
        initiative=None,
        event=event,
        at=datetime.fromisoformat(event.updated_at),
        on=span(event.start or event.end),
        title=f"{title or event.slug} ({state})",
        body=text,
        language=language,
        citations=tuple(map(_citation, event.sources)),
        uid=tag_uri(f"event/{event.slug}/{event.sequence}"),
    )


def _numbered(row: Any, name: str, anchor: str = "") -> dict[str, Any]:
    return {
        "initiative": row.initiative,
        "citations": _citations(row),
        "uid": tag_uri(f"initiative/{row.initiative.code}/{name}/{row.number}"),
        "anchor": f"{anchor or name}-{row.number}",
    }


def _citations(row: Any) -> tuple[Citation, ...]:
    """Those of public sources, if they were fetched with the row."""
    if "citations" not in hung_at(row):
        return ()
    return tuple(citation for citation in row.citations.all() if citation.source.is_public)


def _citation(part: Any) -> Any:
    source = Source(title=part.title, url=part.url)
    return Citation(source=source, locator=part.locator, quote=part.quote)


def _day(instant: datetime) -> PartialDate:
    return PartialDate(timezone.localdate(instant))
