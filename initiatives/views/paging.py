"""Pages of a list. A page that is not there is a 404; a page size that is not one is an error."""

import re

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

SIZES = (20, 50, 100)
MOST = SIZES[-1]
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


def size_of(text: str) -> tuple[int, str]:
    """The page size that `text` asks for, and an error message or ""."""
    if not text:
        return SIZES[0], ""
    if _NUMBER.fullmatch(text) and int(text) <= MOST:
        return int(text), ""
    message = _("The number on a page lies between 1 and %(most)s.")
    return SIZES[0], message % {"most": MOST}


def wrong_number(text: str) -> str:
    """An error message if `text` is no number of a page, else ""; a list may be shorter yet."""
    known = not text or re.fullmatch(r"[1-9]\d*", text, re.ASCII)
    return "" if known else _("Pages are numbered from 1.")


def page_of(rows, size: int, text: str) -> Page:
    """The page that `text` asks for. Raises Http404 for one that is not there."""
    if not _NUMBER.fullmatch(text or "1"):
        raise Http404(_("There is no such page."))
    try:
        return Paginator(rows, size).page(int(text or "1"))
    except EmptyPage as error:
        raise Http404(_("There is no such page.")) from error


def links(page: Page, address) -> dict:
    """The pages to link to: before, after, and by number, where None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    previous = page.has_previous() and address.at_page(page.previous_page_number())
    following = page.has_next() and address.at_page(page.next_page_number())
    return {
        "previous_page": previous or None,
        "next_page": following or None,
        "pages": [_numbered(number, page, address) for number in numbers],
    }


def _numbered(number, page, address):
    if not isinstance(number, int):
        return None
    return {
        "number": number,
        "address": address.at_page(number),
        "current": number == page.number,
    }
