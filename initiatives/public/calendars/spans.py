"""When something is, as a calendar can say it without inventing a day.

What is known to the day is that day, or a time where one is given. What is known to a month or a
year is an all-day span over all its possible days, and its title says that it is approximate.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from initiatives.editions.facts import span
from initiatives.editions.record import EventRecord
from initiatives.partial_dates import PartialDate
from initiatives.timeline import date_in_words


@dataclass(frozen=True)
class Span:
    """`start` and `end` are DTSTART and DTEND, which is exclusive; days, or instants in UTC.

    `about` is the date in words where it is approximate, else empty.
    """

    start: date | datetime
    end: date | datetime | None
    about: str = ""

    @property
    def is_timed(self) -> bool:
        return isinstance(self.start, datetime)

    def mark(self, title: str) -> str:
        return (
            _("[%(date)s] %(title)s") % {"date": self.about, "title": title}
            if self.about
            else title
        )


def of_date(day: PartialDate) -> Span:
    return _days(day, day)


def of_event(event: EventRecord) -> Span | None:
    """None where nobody knows when the event is."""
    start, end = span(event.start or event.end), span(event.end or event.start)
    if start is None or end is None:
        return None
    return _times(event, start, end) or _days(start, end)


def _days(start: PartialDate, end: PartialDate) -> Span:
    last = max(start.last, end.last)
    exact = start.is_exact and (end.is_exact or end.last <= start.last)
    about = "" if exact else _about(start, end)
    # The calendar of the computer ends with the year 9999.
    return Span(start.first, last if last == date.max else last + timedelta(days=1), about)


def _about(start: PartialDate, end: PartialDate) -> str:
    words = date_in_words(start)
    if end.last > start.last:
        words = f"{words} – {date_in_words(end)}"
    return pgettext("approximate date", "about %(date)s") % {"date": words}


def _times(event: EventRecord, start: PartialDate, end: PartialDate) -> Span | None:
    """The span between two times of exact days; None where the times do not give one."""
    if event.start_time is None or not (start.is_exact and end.is_exact):
        return None
    if event.time_zone not in available_timezones():
        return None
    began = _instant(start, event.start_time, event.time_zone)
    if event.end_time is None:
        return Span(began, None) if began and start == end else None
    ended = _instant(end, event.end_time, event.time_zone)
    return Span(began, ended) if began and ended and ended > began else None


def _instant(day: PartialDate, text: str, zone: str) -> datetime | None:
    try:
        local = datetime.combine(day.first, time.fromisoformat(text), ZoneInfo(zone))
        return local.astimezone(UTC)
    except OverflowError:  # the last hours of the year 9999
        return None
