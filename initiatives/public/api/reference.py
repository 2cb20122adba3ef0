"""What initiatives point to: countries, sectors and organisations."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.editions import lists
from initiatives.editions.index import index
from initiatives.exchange import reference_file
from initiatives.http.caching import Freshness
from initiatives.http.problems import Problem
from initiatives.http.records import UNPREFIXED, moved_to
from initiatives.public.api import fields
from initiatives.public.api.pages import Found, ListView
from initiatives.public.api.schema import fields_of
from initiatives.public.api.views import ApiView

if TYPE_CHECKING:
    from initiatives.models import Sector
    from initiatives.models.record import Record


_COUNTRY = re.compile(r"[a-z]{2}", re.ASCII | re.IGNORECASE)


def nothing_public() -> Problem:
    return Problem(404, _("There is nothing public at this address."))


class Kind:
    """One kind of row: which are public, and as which objects. `page` names it everywhere."""

    schema = ""
    key = "slug"
    page = ""

    def keys(self, among: list[str] | None = None) -> list[str]:
        """Those of the public rows in their order, all or those of `among`."""
        return sorted(lists.keys_of(self.page, among))

    def rows(self, keys: list[str]) -> list[Any]:
        found = lists.rows_of(self.page, keys)
        return [found[key] for key in keys if key in found]

    def object(self, row: "Record", request: HttpRequest) -> dict[str, Any]:
        page_key = getattr(row, self.key).lower()
        with translation.override(UNPREFIXED):  # as the addresses in files, see `http.records`
            page = reverse(f"initiatives:{self.page}", args=[page_key])
        make = getattr(reference_file, self.page)
        return make(row, request.build_absolute_uri(page))


class Countries(Kind):
    schema, key, page = "Country", "iso2", "country"


class Sectors(Kind):
    schema, page = "Sector", "sector"

    def rows(self, keys: list[str]) -> "list[Sector]":
        """Each with its whole."""
        found = lists.all_of(self.page)
        return [found[key] for key in keys if key in found]


class Organisations(Kind):
    schema, page = "Organisation", "organisation"

    def keys(self, among: list[str] | None = None) -> list[str]:
        with index.reading() as reading:
            return reading.organisations(among)


class KindList(ListView):
    kind = Kind()

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.schema = self.kind.schema

    @cached_property
    def keys(self) -> list[str]:
        return self.kind.keys()

    def count(self, fresh: Freshness) -> int:
        return len(self.keys)

    def found(self, place: Any, size: int, *, back: bool) -> Found:
        """`place` ends with the key of a row."""
        keys, key = self.keys, place and place[-1]
        if back:
            end = bisect_left(keys, key)
            first = max(0, end - size)
            more, keys = first > 0, keys[first:end]
        else:
            first = bisect_right(keys, key) if place else 0
            more, keys = len(keys) > first + size, keys[first : first + size]
        objects = [self.kind.object(row, self.request) for row in self.kind.rows(keys)]
        return Found(objects, keys[:1] or None, keys[-1:] or None, more)


class KindItem(ApiView):
    kind = Kind()
    takes = ("fields",)

    def get(self, request: HttpRequest, **named: str) -> HttpResponseBase:
        key = named["key"]
        if self.kind.key == "iso2" and _COUNTRY.fullmatch(key) and key != key.upper():
            return moved_to(request, key=key.upper())
        return super().get(request, **named)

    def prepare(self, **named: str) -> Callable[..., Any]:
        wanted = fields.chosen(self.request.GET, fields_of(self.kind.schema))
        rows = self.kind.rows(self.kind.keys([named["key"]]))
        if not rows:
            raise nothing_public()
        (row,) = rows
        return lambda fresh: fields.cut(self.kind.object(row, self.request), wanted)
