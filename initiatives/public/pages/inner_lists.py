"""Lists inside a page, each of which comes in pages by a parameter of its own."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from initiatives.http import paging
from initiatives.http.address import Address
from initiatives.http.repeated import ONE_ONLY, repeated, single_value


@dataclass(frozen=True, kw_only=True)
class InnerList:
    """A page of a list of `total` things: those from `start` up to `stop`. Other parameters of the
    page stay as they are in the addresses of `links`."""

    name: str
    page: "Page[Any]"
    address: Address

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def start(self) -> int:
        return max(self.page.start_index() - 1, 0)

    @property
    def stop(self) -> int:
        return self.page.end_index()

    @property
    def links(self) -> dict[str, Any]:
        """What partials/pagination.html needs."""
        return {"page": self.page, **paging.links(self.page, self.address, self.name)}


def inner_list(
    request: HttpRequest, name: str, total: int, *, size: int, takes: tuple[str, ...]
) -> InnerList:
    """The page that the parameter `name`, one of those that the page `takes`, asks for.

    Raises Http404 for one that is not there or is no number, and for two of them.
    """
    if repeated(request.GET, (name,)):
        raise Http404(_(ONE_ONLY))
    page = paging.page_of(range(total), size, single_value(request.GET, name))
    state = {
        other: [value for value in request.GET.getlist(other) if value]
        for other in takes
        if other != name
    }
    return InnerList(name=name, page=page, address=Address(request.path, state))
