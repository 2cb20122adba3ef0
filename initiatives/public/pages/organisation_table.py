"""The index of organisations as CSV: every row of the filter, without pages."""

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from initiatives.editions import lists
from initiatives.editions.index import index
from initiatives.editions.index.organisations import Organisations
from initiatives.exchange.organisation_columns import OrganisationRow, columns
from initiatives.http import caching, page_sizes
from initiatives.http.machines import MachineView
from initiatives.http.problems import refuse
from initiatives.http.records import absolute
from initiatives.kept_queries import chunks
from initiatives.public.filtersets import unknown
from initiatives.public.filtersets.found_organisations import organisations_found
from initiatives.public.filtersets.organisations import OrganisationFilterSet
from initiatives.public.pages.csv_answers import as_csv


class OrganisationsAsCsv(MachineView):
    """Takes the query string of the page, and refuses what that cannot understand."""

    takes = (*OrganisationFilterSet.base_filters, *page_sizes.NAMES)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        filterset = OrganisationFilterSet(request.GET)
        errors = unknown(request, self.takes)
        errors |= {name: list(said) for name, said in filterset.errors.items()}
        refuse(errors | page_sizes.errors_in(request.GET))
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: _file(request, filterset))


def _file(request: HttpRequest, filterset: OrganisationFilterSet) -> StreamingHttpResponse:
    with organisations_found(filterset, get_language()) as found:
        slugs = found.slugs
    return as_csv(request, "organisations.csv", _rows(request, slugs), columns())


def _rows(request: HttpRequest, slugs: list[str]) -> Iterator[OrganisationRow]:
    """Some hundred in memory at once; one that nothing public names any more is left out."""
    for some in chunks(slugs):
        with index.reading() as reading:
            shown = reading.organisations(some)
            figures = {one.slug: one for one in Organisations(reading).figures_of(shown)}
        named = lists.rows_of("organisation", shown)
        for slug in some:
            if slug in figures and slug in named:
                address = absolute(request, "initiatives:organisation", slug)
                yield OrganisationRow(named[slug], figures[slug], address)
