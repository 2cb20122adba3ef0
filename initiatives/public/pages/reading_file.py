"""The list as a spreadsheet for reading: `.xlsx?for=reading`, see `exchange.workbook`."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from weakref import finalize

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.demonstration import file_name
from initiatives.editions import places
from initiatives.exchange import workbook, xlsx_file
from initiatives.http.problems import Problem, wrong
from initiatives.http.records import absolute, address_in_language
from initiatives.public.pages.list_query import ListQuery
from initiatives.text.plain_text import clean

PARAMETER, READING = "for", "reading"
LARGE = 5_000  # rows, which take some seconds
SMALL = 200  # rows, which take no longer than a page
AT_ONCE = 2  # files between the two that one process makes, of whose threads others then read
_large, _middling = BoundedSemaphore(1), BoundedSemaphore(AT_ONCE)
_SHOWN = 40  # characters of a value that is refused


def is_asked_for(request: HttpRequest) -> bool:
    """Raises Problem (400) for what the parameter does not know, and if columns are chosen."""
    values = [value.strip() for value in request.GET.getlist(PARAMETER)]
    strange = [value for value in values if value not in ("", READING)]
    if strange:
        told = {"value": clean(strange[0])[:_SHOWN], "known": READING}
        message = _("“%(value)s” is not known here. The only value is: %(known)s.") % told
        raise wrong({PARAMETER: [message]})
    if READING in values and any(map(str.strip, request.GET.getlist("columns"))):
        message = _(
            "The spreadsheet for reading has its own columns. Leave out the parameter “columns”, "
            "or leave out “for” to get the technical file."
        )
        raise wrong({"columns": [message]})
    return READING in values


def answer(request: HttpRequest, list_query: ListQuery) -> HttpResponseBase:
    """The file. It is whole before it is sent, since the library packs it at its end.

    Raises Problem: 400 if there are more rows than it takes, 429 while this process makes another
    large one, or some others.
    """
    found = list_query.all_places(workbook.MOST_ROWS)
    name = file_name(f"initiatives-for-reading-{timezone.localdate()}.xlsx")
    if request.method == "HEAD":
        return _named(HttpResponse(content_type=xlsx_file.CONTENT_TYPE), name)
    with _turn(len(found.positions)):
        today = list_query.known_on or timezone.localdate()
        told = workbook.records(found, address_in_language(request), today)
        file = workbook.written(told, _about(request, list_query, len(found.positions)))
    response = FileResponse(file, content_type=xlsx_file.CONTENT_TYPE)
    finalize(response, file.close)  # also where nobody reads the answer or closes it
    return _named(response, name)


@contextmanager
def _turn(rows: int) -> Iterator[None]:
    """One large file at a time: it keeps a processor busy for a minute and more. Of those that are
    neither large nor small a few."""
    if rows <= SMALL:
        yield
        return
    room, message, seconds = _room_for(rows)
    if not room.acquire(blocking=False):
        raise Problem(429, message, retry_after=seconds)
    try:
        yield
    finally:
        room.release()


def _room_for(rows: int) -> tuple[BoundedSemaphore, str, int]:
    """With what is said where it is taken, and after how many seconds to ask again."""
    if rows > LARGE:
        message = _(
            "Another large spreadsheet is being made. Try again in a few minutes, narrow the list, "
            "or download CSV."
        )
        return _large, message, 180
    message = _(
        "Other spreadsheets are being made. Try again in a minute, narrow the list, "
        "or download CSV."
    )
    return _middling, message, 60


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _about(request: HttpRequest, list_query: ListQuery, total: int) -> workbook.About:
    return workbook.About(
        taken_on=timezone.localdate(),
        position=places.of_register().position,
        known_on=list_query.known_on,
        filters=list_query.in_words(),
        total=total,
        page=list_query.address(absolute(request, "initiatives:list")),
        technical=list_query.address(absolute(request, "formats:xlsx")),
    )
