"""The addresses that end in .ics."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from icalendar import Calendar, Event, Timezone, vText

from initiatives.demonstration import file_name, marked
from initiatives.http import caching
from initiatives.http.streams import in_language
from initiatives.public.calendars import contents
from initiatives.public.subscriptions import FollowView
from initiatives.public.subscriptions.scope import Scope
from initiatives.text.plain_text import clean_line

CONTENT_TYPE = "text/calendar; charset=utf-8"
WRITTEN = 100  # components that are sent together
REFRESHED = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"


class CalendarView(FollowView):
    """What is to come and what was in a scope. It is written as it is read, one part at a time."""

    def answer(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        # An event names all initiatives it was for, so any of them may change the calendar.
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: _calendar(request, scope))


def _calendar(request: HttpRequest, scope: Scope) -> StreamingHttpResponse:
    lines = in_language(get_language(), _lines(scope, request.build_absolute_uri))
    # Nothing is read from the database before somebody reads from here; for HEAD nobody does.
    response = StreamingHttpResponse(() if request.method == "HEAD" else lines, CONTENT_TYPE)
    name = scope.key.partition("?")[0].replace("/", "-")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name(name)}.ics"'
    return response


def _lines(scope: Scope, absolute: Callable[..., Any]) -> Iterator[bytes]:
    parts = _parts(scope, absolute)
    yield _head(scope).to_ical().removesuffix(_END)
    first = next(parts, None)
    # RFC 5545 demands one component at least; the time zone of the site does no harm.
    parts = chain([first or _time_zone()], parts)
    while some := list(islice(parts, WRITTEN)):
        yield b"".join(part.to_ical() for part in some)
    yield _END


def _head(scope: Scope) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.IDENTIFIER_DOMAIN}//Cooperation tracker//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # RFC 7986 has NAME; readers that are older know the one with X.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(clean_line(marked(scope.title))))
    calendar.add("refresh-interval", REFRESHED, {"VALUE": "DURATION"})
    return calendar


def _time_zone() -> Timezone:
    return Timezone.from_tzid(
        settings.TIME_ZONE, first_date=date(2026, 1, 1), last_date=date(2027, 1, 1)
    )


def _parts(scope: Scope, absolute: Callable[..., Any]) -> Iterator[Event | Timezone]:
    return chain(contents.events(scope, absolute), contents.deadlines(scope, absolute))
