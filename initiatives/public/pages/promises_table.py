"""What became of what was promised as CSV: by year, and of two countries or years."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from initiatives.choices import Standing
from initiatives.editions.index.figures import Figures
from initiatives.exchange.standing_columns import SideRow, YearRow, of_sides, of_years
from initiatives.http import caching
from initiatives.http.address import Address
from initiatives.http.machines import MachineView
from initiatives.http.problems import refuse
from initiatives.http.records import absolute
from initiatives.public.filtersets import InitiativeFilterSet, unknown
from initiatives.public.filtersets.selections import found_by
from initiatives.public.pages.compare import LISTED, Asked, Compare
from initiatives.public.pages.csv_answers import as_csv
from initiatives.public.pages.promises import Meter, added


class MeterAsCsv(MachineView):
    """Takes the query string of the page, and refuses what that cannot understand."""

    takes = Meter.takes

    def get(self, request: HttpRequest) -> HttpResponseBase:
        filterset = InitiativeFilterSet({name: request.GET.getlist(name) for name in self.takes})
        errors = {name: list(said) for name, said in filterset.errors.items()}
        refuse(unknown(request, self.takes) | errors)
        fresh = caching.freshness(request)
        return caching.answer(
            request,
            fresh,
            lambda: as_csv(request, "promises.csv", _years(request, filterset), of_years()),
        )


class CompareAsCsv(MachineView):
    """The same of the page that compares; where nothing is asked for there are no rows."""

    takes = Compare.takes

    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = Asked({name: request.GET.getlist(name) for name in self.takes})
        day = InitiativeFilterSet.of_day(request.GET)
        refuse(unknown(request, self.takes) | asked.errors | day.errors)
        fresh = caching.freshness(request)
        return caching.answer(
            request,
            fresh,
            lambda: as_csv(request, "compared.csv", _sides(request, asked), of_sides()),
        )


def _years(request: HttpRequest, filterset: InitiativeFilterSet) -> Iterator[YearRow]:
    with found_by(filterset) as found:
        by_year = Figures(found).promises()
    for year, counts in by_year.items():
        state = _state(filterset, Meter.takes) | {"promised": [year]}
        yield YearRow(year, counts, _listed(request, state))


def _sides(request: HttpRequest, asked: Asked) -> Iterator[SideRow]:
    for value in asked.sides:
        filterset = asked.filterset(value)
        with found_by(filterset) as found:
            counts = added([*Figures(found).promises().values()])
        total, state = sum(counts.values()), _state(filterset, LISTED)
        for standing in Standing:
            address = _listed(request, state | {"standing": [standing.value]})
            count = counts.get(standing.value, 0)
            yield SideRow(value, asked.name_of(value), total, standing, count, address)


def _state(filterset: InitiativeFilterSet, names: tuple[str, ...]) -> dict[str, list[str]]:
    return {name: filterset.chosen(name) for name in names}


def _listed(request: HttpRequest, state: dict[str, list[str]]) -> str:
    return str(Address(absolute(request, "initiatives:list"), state))
