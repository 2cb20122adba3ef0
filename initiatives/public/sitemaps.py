"""The map of the site for search engines: public pages only, each in its four languages.

A file holds so many addresses that it stays below the limits of sitemaps.org, 50,000 addresses and
50 MB; if there are more, the map is an index of files, which `p` numbers.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from html import escape
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.editions.index import Selection, index
from initiatives.editions.index.figures import Figures
from initiatives.editions.index.instants import instant_of
from initiatives.editions.index.reading import Reading
from initiatives.editions.lists import keys_of
from initiatives.http import caching
from initiatives.http.paging import number_of
from initiatives.http.repeated import ONE_ONLY, repeated, single_value

PER_FILE = 5_000  # pages, each with an address for every language, of 900 bytes in all
WRITTEN = 200  # pages that are sent together
_PAGES = (
    *("home", "list", "countries", "sectors", "organisations", "events"),
    *("changes", "slipped", "meter", "compare", "about-statuses", "about-data"),
    "about-privacy",
)
_LANGUAGES = [code for code, _name in settings.LANGUAGES]
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class _Page(NamedTuple):
    """`changed` is the day since when it says what it says, if that is known."""

    name: str
    arguments: tuple[str, ...] = ()
    changed: date | None = None


class _Part(NamedTuple):
    """So many pages, of which `between` gives those from one place up to another."""

    size: int
    between: Callable[[int, int], Sequence[_Page]]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """All pages, or an index of files. Raises Http404 for a file that is not there."""
    fresh = caching.freshness(request)
    return caching.answer(request, fresh, lambda: _answer(request))


def _answer(request: HttpRequest) -> HttpResponseBase:
    if repeated(request.GET, ["p"]):
        raise Http404(_(ONE_ONLY))
    root, text = escape(request.build_absolute_uri("/").rstrip("/")), single_value(request.GET, "p")
    with index.reading() as reading:
        parts = [_few(reading), _events(reading), _initiatives(reading)]
        size = sum(part.size for part in parts)
        files = max(1, -(-size // PER_FILE))
        number = number_of(text)
        if number > files:
            raise Http404(_("There is no such page."))
        first = (number - 1) * PER_FILE
        is_index = files > 1 and not text
        pages = [] if is_index else list(_between(parts, first, first + PER_FILE))
    if is_index:
        address = f"{root}{reverse('sitemap')}?p="
        return _sent(request, [_index_of(address, files)])
    written = _written(root, pages)
    return _sent(request, written if len(pages) > WRITTEN else [b"".join(written)])


def _few(reading: Reading) -> _Part:
    """Pages of the lists, and of what they hold."""
    everything = reading.find(Selection())
    countries = everything.tally("country").keys() | everything.tally("observer").keys()
    pages = [_Page(name) for name in _PAGES]
    pages += [_Page("country", (iso2.lower(),)) for iso2 in sorted(countries)]
    together = ((one.lower(), other.lower()) for one, other in Figures(everything).pairs())
    pages += [_Page("pair", two) for two in sorted(together)]
    sectors = everything.tally("sector").keys() & keys_of("sector")
    pages += [_Page("sector", (slug,)) for slug in sorted(sectors)]
    pages += [_Page("organisation", (slug,)) for slug in reading.organisations()]
    return _Part(len(pages), lambda first, last: pages[first:last])


def _events(reading: Reading) -> _Part:
    places, events = reading.event_positions(), reading.content.events

    def between(first: int, last: int) -> list[Any]:
        found = places[first:last]
        return _changed("event", events.slugs(found), events.validity.begun(found))

    return _Part(len(places), between)


def _initiatives(reading: Reading) -> _Part:
    places = reading.by_code()

    def between(first: int, last: int) -> list[Any]:
        found = places[first:last]
        return _changed("detail", reading.keys(found), reading.content.validity.begun(found))

    return _Part(len(places), between)


def _changed(name: str, keys: list[Any], begun: np.ndarray) -> list[_Page]:
    days = (timezone.localdate(instant_of(instant)) for instant in begun.tolist())
    return [_Page(name, (key,), day) for key, day in zip(keys, days, strict=True)]


def _between(parts: list[_Part], first: int, last: int) -> Iterator[_Page]:
    for part in parts:
        yield from part.between(max(first, 0), max(last, 0))
        first, last = first - part.size, last - part.size


def _sent(request: HttpRequest, parts: Iterable[bytes]) -> HttpResponseBase:
    stream = isinstance(parts, Iterator) and request.method != "HEAD"
    answer = StreamingHttpResponse if stream else HttpResponse
    response = answer(parts, content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


def _index_of(address: str, files: int) -> bytes:
    numbers = range(1, files + 1)
    listed = "".join(f"<sitemap><loc>{address}{n}</loc></sitemap>\n" for n in numbers)
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{listed}</sitemapindex>\n".encode()


def _written(root: str, pages: Sequence[_Page]) -> Iterator[bytes]:
    yield f"{_HEAD}<urlset {_SPACE} {_LINKS}>\n".encode()
    left = iter(pages)
    while some := list(islice(left, WRITTEN)):
        yield "".join(_in_each_language(root, page) for page in some).encode()
    yield b"</urlset>\n"


def _in_each_language(root: str, page: _Page) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        path = reverse(f"initiatives:{page.name}", args=page.arguments)
    path = escape(path.removeprefix(f"/{settings.LANGUAGE_CODE}"))
    links = [(code, f"{root}/{code}{path}") for code in _LANGUAGES]
    changed = f"<lastmod>{page.changed}</lastmod>" if page.changed else ""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>'
        for code, address in (*links, ("x-default", f"{root}{path}"))
    )
    return "".join(
        f"<url><loc>{address}</loc>{changed}{others}</url>\n" for _code, address in links
    )
