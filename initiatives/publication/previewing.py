"""What the public would be told of a record as it is at the desk: made, shown and never stored."""

from dataclasses import dataclass
from datetime import datetime

from initiatives.editions import record as public
from initiatives.publication.records import EVENTS, INITIATIVES


@dataclass(frozen=True)
class Preview:
    """The public record with the `events` that it names, those of drafts too, and the `check` of
    the desk: its instant, and after how many days the record counts as stale."""

    record: public.InitiativeRecord
    events: tuple[public.EventRecord, ...]
    check: tuple[datetime | None, int]


def preview_of(code: str, now: datetime) -> Preview:
    """Raises LookupError if there is no such record. A fixed number of queries."""
    for row, record in INITIATIVES.read([code], now):
        slugs = {link.slug for link in record.events}
        events = tuple(event for _row, event in EVENTS.read(sorted(slugs), now))
        return Preview(record, events, (row.last_checked_at, row.review_every_days))
    raise LookupError(code)
