"""The public list of initiatives."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.as_of import as_published
from initiatives.editions.index import Found
from initiatives.http import caching, page_sizes, paging
from initiatives.http.address import Address, without_empty
from initiatives.http.repeated import repeated, single_value
from initiatives.public import facets
from initiatives.public.filtersets import FILTERS, InitiativeFilterSet, unknown
from initiatives.public.filtersets.selections import found_by, without
from initiatives.public.pages import panel, reading_file
from initiatives.public.pages.meant import meant
from initiatives.public.pages.pages import Page
from initiatives.text.plain_text import clean


class InitiativeList(Page):
    """The whole state of the list is in its address; see the filterset for the parameters."""

    template_name = "initiatives/list.html"
    takes = (*FILTERS, *page_sizes.NAMES, "view")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An address with empty parameters, as a form without scripts makes it, leads to the one
        without them: the list has one address to be shared."""
        query = request.META.get("QUERY_STRING", "")
        shorter = without_empty(query, self.takes)
        if shorter.count("&") + bool(shorter) == query.count("&") + bool(query):
            return super().get(request, *args, **kwargs)
        address = f"{quote(request.path)}?{shorter}" if shorter else quote(request.path)
        return caching.vary(request, HttpResponseRedirect(address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET
        filterset = InitiativeFilterSet(query)
        size, _size_error = page_sizes.size_of(single_value(query, "page_size"))
        view, view_errors = _view_of(single_value(query, "view"))
        wrong = page_sizes.errors_in(query) | view_errors | repeated(query, ("view",))
        strange = unknown(self.request, self.takes)
        refused = strange or wrong
        number = "" if refused or filterset.errors else single_value(query, "page")
        with found_by(filterset) as found:
            page = paging.page_of(range(0 if refused else found.total), size, number)
            places = page.object_list
            assert isinstance(places, range)  # a slice of one
            codes = _codes(found, filterset, places)
            tallies = facets.tallies(found, filterset)
            counts = (
                {}
                if found.total
                else {name: without(found, name) for name in panel.filters_in_use(filterset)}
            )
            left = None if found.total or refused else found.alternatives("matching").copy()
        page.object_list = as_published(codes, on=filterset.known_on)
        address = _address(self.request.path, filterset, size, view)
        near, instead = meant(filterset, address, left)
        return super().get_context_data(
            filterset=filterset,
            page=page,
            total=page.paginator.count,
            size=size,
            wrong=wrong,
            sizes=sorted({*page_sizes.SIZES, size}),
            view=view,
            other_view=address.with_value("view", "cards" if view == "table" else "table"),
            files=_files(self.request, address),
            card=_card(address),
            orders=filterset.vocabulary("sort"),
            texts=_shown(filterset.chosen("q")),
            days=_shown(filterset.chosen("updated_since")),
            known_on=_shown(filterset.chosen("as_of"))[-1],
            **paging.links(page, address),
            **_around(filterset, tallies, address, {} if refused else counts),
            meant=near,
            instead=instead,
            problems=panel.problems(filterset, wrong, strange),
            without_strange=str(address) if strange else "",
            **kwargs,
        )


def _address(path: str, filterset: InitiativeFilterSet, size: int, view: str) -> Address:
    state = {name: filterset.chosen(name) for name in filterset.form.fields}
    state["page_size"] = [] if size == page_sizes.SIZES[0] else [str(size)]
    state["view"] = [view] if view == "table" else []
    return Address(path, state)


def _files(request: HttpRequest, address: Address) -> dict[str, str]:
    """The addresses of the same rows in other formats."""
    names = {"page_size": [], "view": [], "sort": address.state["sort"]}
    path = request.path.rstrip("/")
    reading = address.state | names | {reading_file.PARAMETER: [reading_file.READING]}
    endings = {ending: ending for ending in ("csv", "xlsx", "json", "atom", "ics", "png")}
    files = {
        name: str(Address(f"{path}.{ending}", address.state | names))
        for name, ending in (endings | {"iati": "iati.xml"}).items()
    }
    return files | {"reading": str(Address(f"{path}.xlsx", reading))}


def _card(address: Address) -> Address:
    """The same filters as a card for the pages of others."""
    return Address(reverse("initiatives:embed-list"), address.state | {"page_size": [], "view": []})


def _codes(found: Found, filterset: InitiativeFilterSet, places: range) -> list[str]:
    """Those of the page; `places` are its first place and the one behind its last."""
    return found.keys(filterset.order, places.start, places.stop, language=get_language())


def _around(
    filterset: InitiativeFilterSet,
    tallies: dict[str, facets.Tally],
    address: Address,
    counts: dict[str, int],
) -> dict[str, Any]:
    """`counts` are the numbers of rows without each filter, of a list that has none."""
    options = facets.options(filterset, tallies)
    filters = panel.chosen(filterset, options)
    return {
        "groups": panel.groups(filterset, options),
        "filters": filters,
        "chips": panel.chips(filters, address),
        "ways_out": [] if filterset.errors else panel.ways_out(counts, filters, address),
    }


def _shown(texts: list[str]) -> list[str]:
    """What stands in the boxes of a parameter; control characters may not stand in HTML."""
    return [clean(text) for text in texts] or [""]


def _view_of(text: str) -> tuple[str, dict[str, Any]]:
    """How the rows are shown, and what is wrong with `text`, by the parameter's name."""
    if text in ("", "cards", "table"):
        return text or "cards", {}
    message = _("“%(value)s” is not known here. Choose from the options.")
    return "cards", {"view": [message % {"value": clean(text)[:40]}]}
