"""Lists page by page, each found by the row at the end of the page before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language

from initiatives.http.caching import Freshness
from initiatives.http.page_sizes import size_of
from initiatives.http.repeated import single_value
from initiatives.public.api import cursors, fields
from initiatives.public.api.refusals import all_of, wrong
from initiatives.public.api.schema import fields_of
from initiatives.public.api.views import ApiView


@dataclass(frozen=True)
class Found:
    """Objects of a page, and the places of its first and last row, None where it has no rows."""

    results: list[dict[str, Any]]
    first: list[Any] | None = None
    last: list[Any] | None = None
    more: bool = False


class ListView(ApiView):
    """Subclasses give the name of their objects in the schema, and `found(place, size, back)`."""

    schema = ""
    takes: tuple[str, ...] = ("fields", "page_size", "cursor")

    def prepare(self, **named: str) -> Callable[[Freshness], dict[str, Any]]:
        query = self.request.GET
        _rows, size, wanted, place = all_of(
            self.refuse,
            lambda: _size(query),
            lambda: fields.chosen(query, fields_of(self.schema)),
            lambda: cursors.opened(single_value(query, "cursor"), self._question()),
        )
        return lambda fresh: self._page(fresh, size, wanted, place)

    def refuse(self) -> None:
        """Raise Problem (400) if the parameters that choose the rows are wrong."""

    def asked(self) -> dict[str, Any]:
        """The parameters that choose and order the rows."""
        return {}

    def found(self, place: list[Any] | None, size: int, *, back: bool) -> Found:
        raise NotImplementedError

    def count(self, fresh: Freshness) -> int:
        raise NotImplementedError

    def _question(self) -> list[Any]:
        return [self.request.path, get_language(), self.asked()]

    def _page(
        self, fresh: Freshness, size: int, wanted: fields.Tree | None, place: list[Any] | None
    ) -> dict[str, Any]:
        back, *at = place or [False]
        found = self.found(at if place else None, size, back=back)
        first, last = found.first or at, found.last or at
        before = place is not None and (found.more if back else True)
        after = back or found.more
        return {
            "count": self.count(fresh),
            "next": self._link([False, *last]) if after else None,
            "previous": self._link([True, *first]) if before else None,
            "results": fields.cut(found.results, wanted),
        }

    def _link(self, place: list[Any]) -> str:
        query = self.request.GET.copy()
        query["cursor"] = cursors.sealed(self._question(), place)
        return self.request.build_absolute_uri(f"?{query.urlencode()}")


def _size(query: QueryDict) -> int:
    size, error = size_of(single_value(query, "page_size"))
    if error:
        raise wrong({"page_size": [error]})
    return size
