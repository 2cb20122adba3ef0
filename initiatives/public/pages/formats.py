"""The list of initiatives and single ones as files, under the query string of the page.

The whole of a list is in CSV, XLSX and IATI's XML, whichever page the query string names; JSON
comes in pages.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from django.http import (
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from initiatives.demonstration import file_name
from initiatives.editions.record import InitiativeRecord, decoded
from initiatives.exchange import csv_file, json_file, rows, xlsx_file
from initiatives.exchange.columns.column import Column
from initiatives.exchange.iati import writing
from initiatives.exchange.table_rows import table_rows
from initiatives.http import caching, page_sizes, records
from initiatives.http.machines import MachineView
from initiatives.http.records import absolute, address_in_language, moved_to
from initiatives.http.streams import in_language
from initiatives.public.filtersets import AS_OF, FILTERS
from initiatives.public.pages import reading_file
from initiatives.public.pages.list_query import ListQuery, known_on

if TYPE_CHECKING:
    from initiatives.models import Edition, Initiative


class ListAsJson(MachineView):
    """One page of the list; `next` is the address of the page after it, or null."""

    takes = (*FILTERS, *page_sizes.NAMES)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        list_query = ListQuery(request, self.takes)
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._page(list_query))

    def _page(self, list_query: ListQuery) -> HttpResponse:
        places, count = list_query.page()
        shown = table_rows(places, address_in_language(self.request))
        following = list_query.address_of_next(count)
        told = {
            "count": count,
            "next": following and self.request.build_absolute_uri(f"?{following}"),
            "results": [json_file.as_object(row) for row in shown],
        }
        return HttpResponse(json_file.text(told), json_file.CONTENT_TYPE)


class _Format(Protocol):
    """A module of `exchange`."""

    CONTENT_TYPE: str

    def parts(self, rows: Iterable[Any], columns: list[Column], /) -> Iterator[bytes]: ...


class ListAsTable(MachineView):
    """All rows of the list, sent while they are read."""

    takes = (*FILTERS, *page_sizes.NAMES, "columns")

    file: _Format
    suffix = ""
    most_rows: int | None = None

    def get(self, request: HttpRequest) -> HttpResponseBase:
        list_query = ListQuery(request, self.takes)
        chosen = list_query.columns()
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._file(list_query, chosen))

    def _file(self, list_query: ListQuery, chosen: list[Column]) -> StreamingHttpResponse:
        shown = table_rows(list_query.all_places(self.most_rows), address_in_language(self.request))
        made = in_language(translation.get_language(), self.file.parts(shown, chosen))
        # Nothing is read from the database before somebody reads from here; for HEAD nobody does.
        body = () if self.request.method == "HEAD" else made
        name = file_name(f"initiatives-{timezone.localdate()}.{self.suffix}")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(body, content_type=self.file.CONTENT_TYPE, headers=headers)


class ListAsCsv(ListAsTable):
    file = csv_file
    suffix = "csv"


class ListAsXlsx(ListAsTable):
    file = xlsx_file
    suffix = "xlsx"
    most_rows = xlsx_file.MOST_ROWS
    takes = (*ListAsTable.takes, reading_file.PARAMETER)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        list_query = ListQuery(request, self.takes)
        if not reading_file.is_asked_for(request):
            return super().get(request)
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: reading_file.answer(request, list_query))


class ListAsIati(MachineView):
    """All rows of the list as activities; those that cannot be told stand there as comments."""

    takes = (*FILTERS, *page_sizes.NAMES)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        list_query = ListQuery(request, self.takes)
        fresh = caching.freshness(request, *writing.depends_on())
        return caching.answer(request, fresh, lambda: self._file(list_query))

    def _file(self, list_query: ListQuery) -> StreamingHttpResponse:
        address_of = address_in_language(self.request)
        shown = rows.published(list_query.codes(), address_of, on=list_query.known_on)
        return _file(self.request, shown, list_query.known_on)


class RecordAsJson(MachineView):
    """One initiative; 410 with the public reason if it was withdrawn, 404 if it is not public.

    `as_of` tells what was known on a day; 404 if that was nothing.
    """

    takes = AS_OF

    def get(self, request: HttpRequest, code: str) -> HttpResponseBase:
        if not records.CODE.fullmatch(code):
            raise records.unknown()
        if code != code.upper():
            return moved_to(request, code=code.upper())
        on = known_on(request)
        edition = records.public_record(code, on)
        record = decoded(edition.body, InitiativeRecord)
        fresh = caching.freshness(request, *self.depends_on(), record=record)
        return caching.answer(request, fresh, lambda: self._file(edition, on))

    def depends_on(self) -> tuple[str, ...]:
        """What else the answer is made of, beside the records."""
        return ()

    def _file(self, edition: "Edition", on: date | None) -> HttpResponseBase:
        told = records.told(edition, address_in_language(self.request), on)
        return HttpResponse(json_file.text(told), json_file.CONTENT_TYPE)


class RecordAsIati(RecordAsJson):
    """One initiative as a file with one activity, or with the comment why there is none."""

    def depends_on(self) -> tuple[str, ...]:
        return writing.depends_on()

    def _file(self, edition: "Edition", on: date | None) -> HttpResponseBase:
        row = records.described(edition, address_in_language(self.request), on)
        return _file(self.request, [row], on)


def _file(
    request: HttpRequest, shown: "Iterable[Initiative]", on: date | None
) -> StreamingHttpResponse:
    vocabulary = absolute(request, "initiatives:sectors")
    file = writing.parts(
        shown, today=on or timezone.localdate(), now=timezone.now(), vocabulary=vocabulary
    )
    body = () if request.method == "HEAD" else in_language(translation.get_language(), file)
    return StreamingHttpResponse(body, content_type=writing.CONTENT_TYPE)
