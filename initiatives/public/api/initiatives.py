"""Initiatives: the list under the filters of its page, and single records."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from initiatives.editions import record as public
from initiatives.editions.index import Place
from initiatives.exchange import json_file
from initiatives.exchange.table_rows import Places, table_rows
from initiatives.http import records
from initiatives.http.caching import Freshness
from initiatives.public.api import cursors, fields
from initiatives.public.api.pages import Found, ListView
from initiatives.public.api.refusals import all_of, wrong
from initiatives.public.api.schema import fields_of
from initiatives.public.api.views import ApiView
from initiatives.public.filtersets import AS_OF, FILTERS, InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by


class InitiativeList(ListView):
    schema = "Initiative"
    takes = (*FILTERS, *ListView.takes)

    @cached_property
    def filterset(self) -> InitiativeFilterSet:
        return InitiativeFilterSet(self.request.GET)

    def refuse(self) -> None:
        if self.filterset.errors:
            raise wrong(self.filterset.errors)

    def asked(self) -> dict[str, Any]:
        return {name: self.filterset.chosen(name) for name in self.filterset.form.fields}

    def count(self, fresh: Freshness) -> int:
        with found_by(self.filterset) as found:
            return found.total

    def found(self, place: list[int | str] | None, size: int, *, back: bool) -> Found:
        at = None if place is None else _place(place, self.filterset.order)
        with found_by(self.filterset) as found:
            places = found.beyond(
                self.filterset.order, at, size + 1, back=back, language=get_language()
            )
            more = len(places) > size
            places = places[-size:] if back else places[:size]
            editions = found.reading.places(place.code for place in places)
            shown = Places.of(found.reading, editions)
        first, last = (list(places[0]), list(places[-1])) if places else (None, None)
        return Found(self._objects(shown), first, last, more)

    def _objects(self, places: Places) -> list[dict[str, Any]]:
        address_of = records.address_in_language(self.request)
        return [json_file.as_object(row) for row in table_rows(places, address_of)]


def _place(place: list[Any], order: str) -> Place:
    """Where a cursor stands. Raises Problem (400) for one that an earlier version gave out."""
    wanted = str if order.endswith("title") else int | float
    if len(place) != 2 or not isinstance(place[0], wanted | None):
        raise cursors.strange()
    return Place(*place)


class InitiativeRecord(ApiView):
    """One initiative; 410 with the public reason if it was withdrawn, 404 if it is not public."""

    takes = (*AS_OF, "fields")

    def get(self, request: HttpRequest, **named: str) -> HttpResponseBase:
        code = named["code"]
        if not records.CODE.fullmatch(code):
            raise records.unknown()
        if code != code.upper():
            return records.moved_to(request, code=code.upper())
        return super().get(request, **named)

    def prepare(self, **named: str) -> Callable[..., Any]:
        query = self.request.GET
        on, wanted = all_of(
            lambda: _known_on(query), lambda: fields.chosen(query, fields_of("Record"))
        )
        edition = records.public_record(named["code"], on)
        self.record = public.decoded(edition.body, public.InitiativeRecord)
        address_of = records.address_in_language(self.request)
        return lambda fresh: fields.cut(records.told(edition, address_of, on), wanted)


def _known_on(query: QueryDict) -> date | None:
    filterset = InitiativeFilterSet.of_day(query)
    if filterset.errors:
        raise wrong(filterset.errors)
    return filterset.known_on
