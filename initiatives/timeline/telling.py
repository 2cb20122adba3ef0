"""Each kind of row as an entry. No function here asks the database.

Rows come with their relations; citations are told where they were fetched before.
"""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.choices import EventState, FundingType
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate
from initiatives.timeline.entry import Entry, Kind, tag_uri
from initiatives.timeline.words import date_in_words, funding_in_words, told

_MOVED = {
    "planned_start": gettext_lazy("Planned start moved from %(old)s to %(new)s"),
    "planned_end": gettext_lazy("Planned end moved from %(old)s to %(new)s"),
    "planned": gettext_lazy("Milestone “%(milestone)s” moved from %(old)s to %(new)s"),
}
_GIVEN_UP = {
    "planned_start": gettext_lazy("Planned start no longer stated, was %(old)s"),
    "planned_end": gettext_lazy("Planned end no longer stated, was %(old)s"),
    "planned": gettext_lazy("Milestone “%(milestone)s” no longer has a date, was %(old)s"),
}
_MONEY = {
    FundingType.PLEDGE: gettext_lazy("%(amount)s pledged"),
    FundingType.COMMITMENT: gettext_lazy("%(amount)s committed"),
    FundingType.DISBURSEMENT: gettext_lazy("%(amount)s disbursed"),
    FundingType.EXPENDITURE: gettext_lazy("%(amount)s spent"),
    FundingType.REPAYMENT: gettext_lazy("%(amount)s repaid"),
    FundingType.CANCELLATION: gettext_lazy("Commitment of %(amount)s cancelled"),
}
_MONEY_BY = {
    FundingType.PLEDGE: gettext_lazy("%(amount)s pledged by %(provider)s"),
    FundingType.COMMITMENT: gettext_lazy("%(amount)s committed by %(provider)s"),
    FundingType.DISBURSEMENT: gettext_lazy("%(amount)s disbursed by %(provider)s"),
    FundingType.EXPENDITURE: gettext_lazy("%(amount)s spent by %(provider)s"),
    FundingType.REPAYMENT: gettext_lazy("%(amount)s repaid by %(provider)s"),
    FundingType.CANCELLATION: gettext_lazy("Commitment of %(amount)s cancelled by %(provider)s"),
}


def tell_new(initiative, *, at) -> Entry:
    """The record became public at the instant `at`."""
    status = Status(initiative.status).label.lower()
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


def tell_status(change, *, at=None) -> Entry:
    text, language = told(change, "reason")
    return Entry(
        kind=Kind.STATUS,
        at=at or change.recorded_at,
        on=change.effective,
        title=_status_title(change),
        body=text,
        language=language,
        **_numbered(change, "status"),
    )


def tell_moved_date(revision, *, at=None) -> Entry:
    """A promise moves when it is recorded: there is no other date to go by."""
    text, language = told(revision, "reason")
    return Entry(
        kind=Kind.DATE_MOVED,
        at=at or revision.recorded_at,
        on=_day(revision.recorded_at),
        title=_moved_title(revision),
        body=text,
        language=language,
        **_numbered(revision, "date"),
    )


def tell_money(funding, *, at=None) -> Entry:
    text, language = told(funding, "note")
    return Entry(
        kind=Kind.MONEY,
        at=at or funding.created_at,
        on=funding.date,
        title=_money_title(funding),
        body=text,
        language=language,
        **_numbered(funding, "money"),
    )


def tell_milestone(milestone, *, at=None) -> Entry:
    text, language = told(milestone, "dropped_reason")
    return Entry(
        kind=Kind.MILESTONE,
        at=at or milestone.updated_at,
        on=milestone.actual or milestone.planned,
        title=milestone_in_words(milestone),
        body=text,
        language=language,
        **_numbered(milestone, "milestone"),
    )


def milestone_in_words(milestone) -> str:
    words = {"milestone": milestone.title or ""}
    if milestone.is_dropped:
        return _("Milestone dropped: %(milestone)s") % words
    if milestone.is_open:
        return _("Milestone due: %(milestone)s") % words
    return _("Milestone reached: %(milestone)s") % words


def tell_event_of(link) -> Entry:
    """What an event was for an initiative."""
    event = link.event
    text, language = told(link, "decision")
    return Entry(
        kind=Kind.EVENT,
        initiative=link.initiative,
        event=event,
        at=link.created_at,
        on=event.start or event.end,
        title=f"{link.get_relation_display()}: {event}{_state_beside(event)}",
        body=text,
        language=language,
        citations=_citations(event),
        uid=tag_uri(f"initiative/{link.initiative.code}/event/{event.slug}/{link.relation}"),
        anchor=f"event-{event.slug}",
    )


def tell_event(event) -> Entry:
    """An event as it stands; each of its changes has an identifier of its own."""
    text, language = told(event, "outcome")
    return Entry(
        kind=Kind.EVENT,
        initiative=None,
        event=event,
        at=event.updated_at,
        on=event.start or event.end,
        title=f"{event} ({event.get_state_display().lower()})",
        body=text,
        language=language,
        citations=_citations(event),
        uid=tag_uri(f"event/{event.slug}/{event.sequence}"),
    )


def _numbered(row, name):
    return {
        "initiative": row.initiative,
        "citations": _citations(row),
        "uid": tag_uri(f"initiative/{row.initiative.code}/{name}/{row.number}"),
        "anchor": f"{name}-{row.number}",
    }


def _citations(row):
    """Those of public sources, if they were fetched with the row."""
    if "citations" not in getattr(row, "_prefetched_objects_cache", {}):
        return ()
    return tuple(citation for citation in row.citations.all() if citation.source.is_public)


def _day(instant):
    return PartialDate(timezone.localdate(instant))


def _status_title(change):
    new = Status(change.to_status).label.lower()
    if not change.from_status:
        return _("Status: %(new)s") % {"new": new}
    words = {"old": Status(change.from_status).label.lower(), "new": new}
    if change.corrects_id is not None:
        return _("Status corrected: %(old)s → %(new)s") % words
    return _("Status: %(old)s → %(new)s") % words


def _moved_title(revision):
    words = {
        "milestone": revision.milestone_id and (revision.milestone.title or ""),
        "old": _date_or_none(revision.old),
        "new": _date_or_none(revision.new),
    }
    return str((_MOVED if revision.new else _GIVEN_UP)[revision.field]) % words


def _date_or_none(date):
    return _("no date") if date is None else date_in_words(date)


def _money_title(funding):
    provider = funding.provider or funding.provider_country
    words = {"amount": funding_in_words(funding), "provider": provider}
    sentence = (_MONEY_BY if provider else _MONEY)[FundingType(funding.type)]
    return capfirst(str(sentence) % words)


def _state_beside(event):
    """What was held needs no word about its state."""
    return "" if event.state == EventState.HELD else f" ({event.get_state_display().lower()})"
