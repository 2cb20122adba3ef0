"""Pages of a list. A page that is not there is a 404."""

import re
from collections.abc import Sequence
from typing import Any, Protocol, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from initiatives.http.address import Address

_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class Rows(Protocol):
    """What is asked for by slices, with how much there is of it."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Sequence[Any]: ...


def page_of(rows: Rows, size: int, text: str) -> "Page[Any]":
    """The page that `text` asks for. Raises Http404 for one that is not there.

    `rows` may be a range, of which the page holds the places of its rows.
    """
    try:
        # It asks for no more than that, though its hint says so.
        return Paginator(cast(Sequence[Any], rows), size).page(number_of(text))
    except EmptyPage as error:
        raise Http404(_("There is no such page.")) from error


def number_of(text: str) -> int:
    """The number of a page, the first one if none is named. Raises Http404 if it is no number."""
    if not _NUMBER.fullmatch(text or "1"):
        raise Http404(_("There is no such page."))
    return int(text or "1")


def links(page: "Page[Any]", address: Address, name: str = "page") -> dict[str, Any]:
    """The pages to link to: before, after, and by number, where None stands for a gap.

    `name` is the parameter that says which page is asked for.
    """
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    previous = page.has_previous() and address.at_page(page.previous_page_number(), name)
    following = page.has_next() and address.at_page(page.next_page_number(), name)
    return {
        "previous_page": previous or None,
        "next_page": following or None,
        "pages": [_numbered(number, page, address, name) for number in numbers],
    }


def _numbered(
    number: str | int, page: "Page[Any]", address: Address, name: str
) -> dict[str, Any] | None:
    if not isinstance(number, int):
        return None
    return {
        "number": number,
        "address": address.at_page(number, name),
        "current": number == page.number,
    }
