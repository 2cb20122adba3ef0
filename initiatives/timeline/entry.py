"""One entry of a timeline, and the identifier that it keeps for ever."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.urls import reverse

from initiatives.editions.record import EventRecord
from initiatives.models import Citation, Event, Initiative
from initiatives.partial_dates import PartialDate

TAG_YEAR = 2026


class Kind(StrEnum):
    """What an entry tells of; the order is that of entries of one instant."""

    NEW = "new"
    STATUS = "status"
    DATE_MOVED = "date_moved"
    MONEY = "money"
    MILESTONE = "milestone"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened to `initiative`, or, where that is None, the state of `event`.

    `at` is the instant since when the public could know, the order of feeds; `on` is when it took
    place, the order of timelines, None if nobody says. `language` is that of `body`, which may be
    another one than the reader's. `citations` are the public ones. `anchor` is the id of the row
    on the page of the initiative, without #, empty for the page as a whole. Where `is_recorded`,
    `on` is the day on which it was recorded, since no other one is known.
    """

    kind: Kind
    initiative: Initiative | None
    event: Event | EventRecord | None = None
    at: datetime
    on: PartialDate | None
    title: str
    body: str = ""
    language: str = ""
    citations: tuple[Citation, ...] = ()
    uid: str
    anchor: str = ""
    is_recorded: bool = False


def page_of(entry: Entry) -> str:
    """The path of the place at which the entry is shown, in the language that is active."""
    if entry.initiative is None:
        assert entry.event is not None, entry.uid  # it tells of one of the two
        return reverse("initiatives:event", args=[entry.event.slug])
    page = reverse("initiatives:detail", args=[entry.initiative.code])
    return f"{page}#{entry.anchor}" if entry.anchor else page


def tag_uri(path: str) -> str:
    """A tag URI (RFC 4151) of this site. It depends on neither language nor address."""
    return f"tag:{settings.IDENTIFIER_DOMAIN},{TAG_YEAR}:{path}"
