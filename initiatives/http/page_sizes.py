"""How many rows a page may have, for the pages of people and those of machines."""

import re

from django.http import QueryDict
from django.utils.translation import gettext as _

from initiatives.http.repeated import repeated, single_value

NAMES = ("page", "page_size")  # of the parameters of a list that comes in pages
SIZES = (20, 50, 100)
MOST = SIZES[-1]
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_DIGITS = 9  # of a number that are read
_PAGE = re.compile(r"[1-9]\d*", re.ASCII)


def size_of(text: str) -> tuple[int, str]:
    """The page size that `text` asks for, and an error message or ""."""
    if not text:
        return SIZES[0], ""
    if _NUMBER.fullmatch(text) and int(text) <= MOST:
        return int(text), ""
    message = _("The number on a page must be between 1 and %(most)s.")
    return SIZES[0], message % {"most": MOST}


def part_of(query: QueryDict) -> slice:
    """The rows of the page that a query string without errors asks for. A long number is cut, since
    no list is as long, and Python reads none of some thousand digits."""
    size, number = (single_value(query, name) for name in ("page_size", "page"))
    length = size_of(size)[0]
    start = length * (int(number[:_DIGITS] or "1") - 1)
    return slice(start, start + length)


def errors_in(query: QueryDict) -> dict[str, list[str]]:
    """What is wrong with the page and its size in a query string, by the parameter's name."""
    found = repeated(query, NAMES)
    if not _PAGE.fullmatch(single_value(query, "page") or "1"):
        found["page"] = [_("Pages are numbered from 1.")]
    if wrong := size_of(single_value(query, "page_size"))[1]:
        found["page_size"] = [wrong]
    return found
