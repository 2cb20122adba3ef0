"""What changed between two days, as a page and as CSV; the feed of it is in `feeds`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from initiatives import timeline
from initiatives.demonstration import file_name
from initiatives.exchange import csv_file
from initiatives.exchange.change_columns import columns_of
from initiatives.exchange.columns.column import Column
from initiatives.http import caching, page_sizes, paging
from initiatives.http.address import Address
from initiatives.http.repeated import single_value
from initiatives.http.streams import in_language
from initiatives.public.filtersets import unknown
from initiatives.public.filtersets.period import PeriodForm
from initiatives.public.pages.pages import Page
from initiatives.public.subscriptions import FollowView, changes_in, period
from initiatives.timeline.days import by_day


class Changes(Page):
    """New records, moved statuses, moved dates and money that became known, by days.

    What a record held already when it became public is no change; see `timeline.Recent`.
    """

    template_name = "initiatives/changes.html"
    takes = (*PeriodForm.NAMES, *page_sizes.NAMES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        form, wrong = PeriodForm(query), page_sizes.errors_in(query)
        size, _error = page_sizes.size_of(single_value(query, "page_size"))
        refused = unknown(self.request, self.takes) or wrong or not form.is_valid()
        entries: paging.Rows = [] if refused else changes_in(form)
        page = paging.page_of(entries, size, "" if refused else single_value(query, "page"))
        address = _address(self.request.path, form, size)
        return super().get_context_data(
            form=form,
            size=size,
            page_errors=[error for said in wrong.values() for error in said],
            page=page,
            total=page.paginator.count,
            days=by_day(list(page.object_list)),
            formats=_formats(self.request.path, form.given),
            **paging.links(page, address),
            **kwargs,
        )


class ChangesTable(FollowView):
    """The same as CSV, one row for each change, without pages."""

    scope = staticmethod(period)

    def answer(self, request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: _table(request, form))


def _address(path: str, form: PeriodForm, size: int) -> Address:
    state = {name: [text] for name, text in form.given.items()}
    return Address(path, state | {"page_size": [] if size == page_sizes.SIZES[0] else [str(size)]})


def _formats(path: str, given: dict[str, str]) -> dict[str, Address]:
    state = {name: [text] for name, text in given.items()}
    return {kind: Address(f"{path.rstrip('/')}.{kind}", state) for kind in ("atom", "csv")}


def _table(request: HttpRequest, form: PeriodForm) -> StreamingHttpResponse:
    parts = csv_file.parts(iter(changes_in(form)), _columns(request.build_absolute_uri))
    made = () if request.method == "HEAD" else in_language(get_language(), parts)
    response = StreamingHttpResponse(made, csv_file.CONTENT_TYPE)
    name = file_name("changes.csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _columns(absolute: Callable[..., Any]) -> list[Column]:
    return columns_of(lambda entry: absolute(timeline.page_of(entry)))
