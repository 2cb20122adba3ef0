"""Which promises slipped, by how much and why, as a page and as CSV; the feed is in `feeds`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from initiatives.as_of import as_published
from initiatives.choices import Direction
from initiatives.editions import lists
from initiatives.editions.index import Selection
from initiatives.editions.index.figures import Figures
from initiatives.editions.index.slips import UP_TO, SectorSlips, SlipKey, Slips, SlipTotals
from initiatives.exchange.slip_columns import columns_of
from initiatives.http import caching, page_sizes, paging
from initiatives.http.address import Address
from initiatives.http.repeated import single_value
from initiatives.promises import months_between
from initiatives.public import charts
from initiatives.public.filtersets import unknown
from initiatives.public.filtersets.slipped import PARAMETERS, SlippedFilterSet, slips_of
from initiatives.public.pages import panel
from initiatives.public.pages.csv_answers import as_csv
from initiatives.public.pages.pages import Page
from initiatives.public.pages.slip_form import Known, selects_of
from initiatives.public.slipped import SlippedDate, dates_among, dates_of
from initiatives.public.subscriptions import FollowView, SlippedScope, slipped
from initiatives.rules import Flag

if TYPE_CHECKING:
    from initiatives.models import Initiative

LATE = 5  # of what is late without a new date; the list has all
SECTORS = 8  # before the rest is folded away


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What the index tells for one page."""

    known: Known
    totals: SlipTotals
    keys: list[SlipKey]
    page: Any
    sectors: dict[str, SectorSlips]
    never_dated: int
    late: list[str]
    late_total: int

    @property
    def codes(self) -> list[str]:
        longest = [self.totals.longest.code] if self.totals.longest else []
        return [*longest, *(key.code for key in self.keys), *self.late]


class Slipped(Page):
    """Promised dates that moved, in the years in which the moves were recorded."""

    template_name = "initiatives/slipped.html"
    takes = (*PARAMETERS, *page_sizes.NAMES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset, wrong = SlippedFilterSet(query), page_sizes.errors_in(query)
        size, _error = page_sizes.size_of(single_value(query, "page_size"))
        strange = unknown(self.request, self.takes)
        problems = panel.problems(filterset, wrong, strange)
        number = "" if problems else single_value(query, "page")
        found = _found(filterset, size, number, shown=not problems)
        address = _address(self.request.path, filterset, size)
        return super().get_context_data(
            filterset=filterset,
            selects=selects_of(filterset, found.known),
            years=filterset.understood("year"),
            direction=Direction(filterset.direction),
            size=size if size != page_sizes.SIZES[0] else None,
            problems=problems,
            without_strange=str(address) if strange else "",
            page=found.page,
            total=found.page.paginator.count,
            totals=found.totals,
            never_dated=found.never_dated,
            late_total=found.late_total,
            late_address=_late_address(filterset),
            others=_others(found.totals, address),
            formats=_formats(address),
            chart_query=_chart_query(filterset),
            page_query=address.at_page(found.page.number).query,
            columns=charts.slip_columns(found.totals.buckets, UP_TO),
            sectors=_sectors(found.sectors, filterset, address),
            **_shown(found),
            **paging.links(found.page, address),
            **kwargs,
        )


class SlippedTable(FollowView):
    """The same as CSV, one row for each date, without pages."""

    scope = staticmethod(slipped)

    def answer(self, request: HttpRequest, scope: SlippedScope) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: _table(request, scope.filterset))


def _found(filterset: SlippedFilterSet, size: int, number: str, *, shown: bool) -> _Found:
    """Raises Http404 for a page that is not there."""
    direction = filterset.direction
    with slips_of(filterset) as slips:
        totals = slips.totals()
        count = totals.numbers[direction] if shown else 0
        page = paging.page_of(range(count), size, number)
        first, last = max(page.start_index() - 1, 0), page.end_index()
        late_total = slips.found.tally("flag").get(Flag.OVERDUE, 0)
        return _Found(
            known=_known(slips),
            totals=totals,
            page=page,
            keys=slips.keys(direction, filterset.order, first, last),
            sectors=slips.by_sector(),
            never_dated=slips.never_dated(),
            late=Figures(slips.found).overdue(LATE) if shown and late_total else [],
            late_total=late_total,
        )


def _known(slips: Slips) -> Known:
    """What may be chosen: whatever any public record names."""
    everything = Slips(slips.found.reading.find(Selection()))
    return Known(
        years=everything.known_years(),
        countries=frozenset(everything.found.tally("country")),
        sectors=frozenset(everything.found.tally("sector")),
    )


def _shown(found: _Found) -> dict[str, Any]:
    """The records of the page, fetched together."""
    rows = {row.code: row for row in as_published(dict.fromkeys(found.codes))}
    today = timezone.localdate()
    dates = dates_among(rows, found.keys)
    lines = charts.slip_lines([one.path for one in dates], today=today)
    longest = found.totals.longest
    return {
        "dates": list(zip(dates, lines.ways if lines else (), strict=True)),
        "lines": lines,
        "longest": next(iter(dates_among(rows, [longest] if longest else [])), None),
        "late": list(_late([rows[code] for code in found.late if code in rows], today)),
    }


def _late(initiatives: "Iterable[Initiative]", today: date) -> "Iterator[tuple[Initiative, int]]":
    """Each with the whole months since the last possible day of its end. One whose end was taken
    back since the index told of it is left out."""
    for initiative in initiatives:
        if initiative.planned_end is not None:
            yield initiative, months_between(initiative.planned_end.last, today)


def _address(path: str, filterset: SlippedFilterSet, size: int) -> Address:
    state = {name: filterset.chosen(name) for name in PARAMETERS}
    state["page_size"] = [] if size == page_sizes.SIZES[0] else [str(size)]
    return Address(path, state)


def _formats(address: Address) -> dict[str, Address]:
    path, state = address.path.rstrip("/"), address.state | {"page_size": []}
    return {kind: Address(f"{path}.{kind}", state) for kind in ("atom", "csv")}


def _chart_query(filterset: SlippedFilterSet) -> str:
    """The chart counts what moved later, in whatever order and whichever dates are listed."""
    names = ("year", "country", "country_match", "sector")
    return urlencode({name: filterset.chosen(name) for name in names}, doseq=True)


def _late_address(filterset: SlippedFilterSet) -> Address:
    """The list of what is late, under the same filters."""
    state = {name: filterset.chosen(name) for name in ("country", "country_match", "sector")}
    return Address(reverse("initiatives:list"), {"flag": [Flag.OVERDUE.value], **state})


def _others(totals: SlipTotals, address: Address) -> dict[str, tuple[int, Address]]:
    """Of each direction how many dates moved so, and where they are shown."""
    return {
        direction.value: (totals.numbers[direction], address.with_value("moved", direction.value))
        for direction in Direction
    }


def _sectors(
    found: dict[str, SectorSlips], filterset: SlippedFilterSet, address: Address
) -> list[tuple[Any, ...]]:
    """Sectors with their figures and the share that slipped, the most first; of chosen ones
    these and their parts."""
    chosen, wholes = set(filterset.chosen("sector")), lists.wholes_of_sectors()
    most = max((one.dated for one in found.values()), default=0)
    rows = [
        (row, found[slug], address.with_value("sector", slug), *_bar(found[slug], most))
        for slug, row in lists.in_reading_order(lists.all_of("sector")).items()
        if slug in found and (not chosen or chosen & {slug, wholes.get(slug)})
    ]
    return sorted(rows, key=lambda row: -row[1].slipped)


def _bar(sector: SectorSlips, most: int) -> tuple[str, str, int]:
    """The widths of what slipped and of all that has a date, and the share of the first."""
    slipped, dated = (charts.percent(number, most) for number in sector)
    return slipped, dated, round(100 * sector.slipped / sector.dated)


def _table(request: HttpRequest, filterset: SlippedFilterSet) -> StreamingHttpResponse:
    with slips_of(filterset) as slips:
        keys = slips.all_keys(filterset.direction, filterset.order)
    absolute = request.build_absolute_uri
    columns = columns_of(lambda one: absolute(_page_of(one)))
    return as_csv(request, "slipped.csv", dates_of(keys), columns)


def _page_of(one: SlippedDate) -> str:
    page = reverse("initiatives:detail", args=[one.initiative.code])
    return f"{page}#moved-{one.last_move.number}"
