"""Cards for the pages of others: one initiative, or what a filter finds, to be shown in a frame.

They set and read no cookie and run no script. Only their addresses may be framed; see
`middleware.security_headers`.
"""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from initiatives.as_of import as_edition, as_published
from initiatives.editions.current import record_of
from initiatives.editions.index import Found
from initiatives.editions.index.figures import Figures
from initiatives.editions.record import InitiativeRecord
from initiatives.http import records
from initiatives.http.address import Address
from initiatives.http.problems import Problem
from initiatives.public import charts, facets, overview
from initiatives.public.filtersets import FILTERS, InitiativeFilterSet, unknown
from initiatives.public.filtersets.selections import found_by
from initiatives.public.filtersets.sorting import DEFAULT
from initiatives.public.pages import panel
from initiatives.public.pages.pages import Page

LATEST = 5


class EmbeddedRecord(Page):
    """One initiative as it is known now. What is not shown says so, with the status of its page."""

    template_name = "embed/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs["code"]
        if code != code.upper() and records.CODE.fullmatch(code):
            return records.moved(request, reverse("initiatives:embed", args=[code.upper()]))
        try:
            self.edition = _public_edition(code)
        except Problem as problem:
            context = {"problem": problem, "code": code, "canonical": reverse("initiatives:list")}
            return TemplateResponse(request, "embed/refused.html", context, status=problem.status)
        self.record = cast(InitiativeRecord, record_of(self.edition))
        return cast(HttpResponse, super().get(request, *args, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            initiative=as_edition(self.edition),
            edition=self.edition,
            canonical=reverse("initiatives:detail", args=[kwargs["code"]]),
            **kwargs,
        )


def _public_edition(code: str) -> Any:
    """Raises Problem, as `records.public_record`, also where `code` is none."""
    if not records.CODE.fullmatch(code):
        raise records.unknown()
    return records.public_record(code, None)


class EmbeddedList(Page):
    """What the filters of the list find: how many, their statuses, and the first of them."""

    template_name = "embed/list.html"
    takes = FILTERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filterset = InitiativeFilterSet(self.request.GET)
        problems = panel.problems(filterset, {}, unknown(self.request, self.takes))
        address = _list_address(filterset)
        found = {} if problems else _found(filterset, address)
        return super().get_context_data(
            problems=problems,
            canonical=address,
            changed_last=filterset.order == DEFAULT,
            day=filterset.known_on or timezone.localdate(),
            **found,
            **kwargs,
        )


def _list_address(filterset: InitiativeFilterSet) -> Address:
    """The whole list with the same filters."""
    state = {name: filterset.chosen(name) for name in filterset.form.fields}
    return Address(reverse("initiatives:list"), state)


def _found(filterset: InitiativeFilterSet, address: Address) -> dict[str, Any]:
    with found_by(filterset) as found:
        options = facets.options(filterset, facets.tallies(found, filterset))
        figures, total = Figures(found), found.total
        counts, in_part = figures.statuses(), figures.in_part()
        codes = _first(found, filterset)
    statuses = [row for row in overview.by_status(counts, in_part=in_part) if row.count]
    return {
        "total": total,
        "filters": panel.chosen(filterset, options),
        "statuses": [(row, address.with_value("status", row.status.value)) for row in statuses],
        "bar": charts.status_bar(counts),
        "initiatives": as_published(codes, on=filterset.known_on),
    }


def _first(found: Found, filterset: InitiativeFilterSet) -> list[str]:
    return found.keys(filterset.order, 0, LATEST, language=get_language())
