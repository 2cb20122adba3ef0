"""What a machine asks of the list: the rows, the page and the columns, or a `Problem`."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.editions.index import Found
from initiatives.exchange import columns
from initiatives.exchange.table_rows import Places
from initiatives.http import page_sizes
from initiatives.http.address import Address
from initiatives.http.problems import Problem, refuse, wrong
from initiatives.http.repeated import single_value
from initiatives.public import facets
from initiatives.public.filtersets import AS_OF, InitiativeFilterSet, unknown
from initiatives.public.filtersets.selections import found_by
from initiatives.public.pages import panel
from initiatives.public.subscriptions.scopes import Taking, takes

_LONGEST = 9  # digits of a page number; one that has more is past every end
_NAMED = 5  # unknown columns, of which more tell nobody more


class ListQuery:
    """The query string of a list, understood as its page does, but refused if anything is wrong.

    Raises Problem (400) with all that is wrong, names that are not among `takes` too. `first` and
    `last` bound the places of the rows of the page.
    """

    def __init__(self, request: HttpRequest, takes: tuple[Any, ...]) -> None:
        query = self._query = request.GET
        filterset = InitiativeFilterSet(query)
        size, _wrong = page_sizes.size_of(single_value(query, "page_size"))
        page = single_value(query, "page") or "1"
        errors = unknown(request, takes)
        errors |= {name: list(said) for name, said in filterset.errors.items()}
        errors |= page_sizes.errors_in(query)
        refuse(errors)
        self._filterset = filterset
        self.known_on = filterset.known_on
        self._page = int(page[: _LONGEST + 1])
        self._size = size
        self.first, self.last = (self._page - 1) * size, self._page * size

    def codes(self) -> list[str]:
        """All initiatives that the filters leave, in order."""
        with found_by(self._filterset) as found:
            return found.keys(self._filterset.order, 0, found.total, language=get_language())

    def all_places(self, most: int | None = None) -> Places:
        """All initiatives that the filters leave, in order. Raises Problem (400) if they are more
        than `most`."""
        with found_by(self._filterset) as found:
            if most is not None and found.total > most:
                message = _("This format holds fewer rows; choose CSV or narrow the list.")
                raise Problem(400, message)
            return self._places(found, 0, found.total)

    def page(self) -> tuple[Places, int]:
        """The initiatives of the page, and how many there are on all pages.

        Raises Problem (404) if the list has no such page; it has one at least.
        """
        with found_by(self._filterset) as found:
            if self._page > 1 and self.first >= found.total:
                raise Problem(404, _("There is no such page."))
            return self._places(found, self.first, self.last), found.total

    def _places(self, found: Found, first: int, last: int) -> Places:
        order = self._filterset.order
        places = found.in_order(order, first, last, language=get_language())
        return Places.of(found.reading, places)

    def address_of_next(self, count: int) -> str | None:
        """The query string of the page after this one."""
        if self.last >= count:
            return None
        query = self._query.copy()
        query["page"] = str(self._page + 1)
        return query.urlencode()

    def in_words(self) -> list[str]:
        """The filters in use, each with its values as the page names them."""
        with found_by(self._filterset) as found:
            options = facets.options(self._filterset, facets.tallies(found, self._filterset))
        return [str(one) for one in panel.chosen(self._filterset, options)]

    def address(self, path: str) -> str:
        """The whole list at another path."""
        names = self._filterset.form.fields
        return str(Address(path, {name: self._filterset.chosen(name) for name in names}))

    def columns(self) -> list[columns.Column]:
        """Those of the parameter `columns`, names with commas between them, in their order."""
        given = ",".join(self._query.getlist("columns")).split(",")
        try:
            return columns.chosen(name.strip() for name in given if name.strip())
        except columns.UnknownColumns as found:
            message = _("“%(name)s” is not a column. The columns are: %(known)s.")
            known = ", ".join(columns.COLUMNS)
            named = [name[:40] for name in found.names[:_NAMED]]
            said = [message % {"name": name, "known": known} for name in named]
            raise wrong({"columns": said}) from found


def known_on(request: HttpRequest, takes: tuple[str, ...] = AS_OF) -> date | None:
    """The day of the parameter `as_of`, where a single record is asked for."""
    filterset = InitiativeFilterSet.of_day(request.GET)
    refuse(unknown(request, takes) | filterset.errors)
    return filterset.known_on


def taking(*names: str) -> Callable[[Callable[..., Any]], Taking[..., HttpResponseBase]]:
    """Refuse any other parameter of a view that is a function."""

    def decorated(view: Callable[..., Any]) -> Taking[..., HttpResponseBase]:
        @takes(*names)
        @wraps(view)
        def refusing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if errors := unknown(request, names):
                return wrong(errors).response(request)
            return view(request, *args, **kwargs)

        return refusing

    return decorated


without_parameters = taking()
