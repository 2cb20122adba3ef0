"""The index of organisations: what each pays, gets and takes part in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from initiatives.editions import lists
from initiatives.editions.index.organisations import All, OwnFigures
from initiatives.http import page_sizes, paging
from initiatives.http.address import Address
from initiatives.http.repeated import single_value
from initiatives.public import charts, overview
from initiatives.public.charts import PaidBar
from initiatives.public.charts.sector_bars import Segment
from initiatives.public.filtersets import unknown
from initiatives.public.filtersets.found_organisations import Found, organisations_found
from initiatives.public.filtersets.organisations import OrganisationFilterSet
from initiatives.public.organisations import Sums, folded
from initiatives.public.pages import panel
from initiatives.public.pages.pages import Page
from initiatives.text.plain_text import clean


@dataclass(frozen=True, kw_only=True)
class Row:
    """An organisation with its figures, the addresses of what stands behind them, and its bars.

    `begins_others` says that it is the first of the page that does not pay in the currency by which
    the page is ordered.
    """

    organisation: Any
    figures: OwnFigures
    pays: Sums
    gets: Sums
    statuses: list[Segment]
    paid_bar: PaidBar | None
    page: str
    in_list: str
    begins_others: bool

    @property
    def pays_in(self) -> str:
        """Where exactly the initiatives stand that it pays for: the list, where these are all."""
        return self._exact(self.figures.pays_in, "pays")

    @property
    def gets_in(self) -> str:
        return self._exact(self.figures.gets_in, "gets")

    def _exact(self, number: int, part: str) -> str:
        return self.in_list if number == self.figures.initiatives else f"{self.page}#{part}"


class OrganisationIndex(Page):
    """The whole state is in the address; see the filterset for the parameters."""

    template_name = "initiatives/organisations.html"
    takes = (*OrganisationFilterSet.base_filters, *page_sizes.NAMES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = OrganisationFilterSet(query)
        size, _error = page_sizes.size_of(single_value(query, "page_size"))
        wrong, strange = page_sizes.errors_in(query), unknown(self.request, self.takes)
        refused = bool(strange or wrong or filterset.errors)
        number = "" if refused else single_value(query, "page")
        with organisations_found(filterset, get_language()) as found:
            page = paging.page_of([] if refused else found.slugs, size, number)
            figures = found.organisations.figures(tuple(page.object_list))
            known, currencies = found.organisations.all(), found.organisations.currencies()
        first_other = max(found.paying - (page.number - 1) * size, 0)
        rows = _rows(figures, found.compared_in, first_other)
        address = _address(self.request.path, filterset, size)
        return super().get_context_data(
            filterset=filterset,
            page=page,
            rows=rows,
            has_bars=any(row.paid_bar for row in rows),
            total=page.paginator.count,
            all=_sums(known),
            size=size,
            wrong=wrong,
            compared_in=found.compared_in,
            statuses=overview.by_status({}),
            texts=[clean(text) for text in filterset.chosen("q")] or [""],
            selects=_selects(filterset, found, currencies),
            is_narrowed=any(map(filterset.chosen, ("q", "kind", "does", "country"))),
            problems=panel.problems(filterset, wrong, strange),
            without_strange=str(address) if strange else "",
            table=Address(
                f"{self.request.path.rstrip('/')}.csv", address.state | {"page_size": []}
            ),
            page_query=address.at_page(page.number).query,
            **paging.links(page, address),
            **kwargs,
        )


def _address(path: str, filterset: OrganisationFilterSet, size: int) -> Address:
    state = {name: filterset.chosen(name) for name in filterset.form.fields}
    return Address(path, state | {"page_size": [] if size == page_sizes.SIZES[0] else [str(size)]})


def _sums(known: All) -> dict[str, int]:
    does = {name.replace("-", "_"): int(found.sum()) for name, found in known.does.items()}
    return does | {"total": len(known.slugs)}


def _rows(figures: list[OwnFigures], currency: str, first_other: int) -> list[Row]:
    """`first_other` is the place of the first one that does not pay in the currency of the order;
    beyond the page where there is none."""
    named = lists.rows_of("organisation", [one.slug for one in figures])
    bars = charts.paid_bars([one.pays for one in figures], currency)
    return [
        _row(named[one.slug], one, bar, currency, is_first=place == first_other)
        for place, (one, bar) in enumerate(zip(figures, bars, strict=True))
        if one.slug in named
    ]


def _row(
    organisation: Any, figures: OwnFigures, bar: PaidBar | None, currency: str, *, is_first: bool
) -> Row:
    query = urlencode({"organisation": figures.slug})
    return Row(
        organisation=organisation,
        figures=figures,
        pays=folded(figures.pays, currency),
        gets=folded(figures.gets, currency),
        statuses=charts.status_bar(figures.statuses),
        paid_bar=bar,
        page=reverse("initiatives:organisation", args=[figures.slug]),
        in_list=f"{reverse('initiatives:list')}?{query}",
        begins_others=is_first,
    )


def _selects(
    filterset: OrganisationFilterSet, found: Found, currencies: Iterable[str]
) -> dict[str, panel.Select]:
    rows = lists.in_reading_order(lists.all_of("country"))
    countries = [(iso2, row.name) for iso2, row in rows.items()]
    codes = sorted({*currencies, found.compared_in})
    return {
        "kind": _select(filterset, "kind", filterset.vocabulary("kind")),
        "does": _select(filterset, "does", filterset.vocabulary("does")),
        "country": _select(filterset, "country", countries),
        "sort": _select(filterset, "sort", filterset.vocabulary("sort"), [filterset.order]),
        "currency": _select(
            filterset, "currency", [(code, code) for code in codes], [found.compared_in]
        ),
    }


def _select(
    filterset: OrganisationFilterSet,
    name: str,
    options: list[tuple[str, str]],
    chosen: list[str] | None = None,
) -> panel.Select:
    return panel.Select(
        name=name,
        label=filterset.form.fields[name].label,
        options=options,
        chosen=chosen or filterset.understood(name) or [""],
        errors=list(filterset.errors.get(name, [])),
    )
