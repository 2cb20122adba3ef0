"""What is asked of the public side, by name; each address as a reader or a program writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import caches
from django.test import Client
from django.utils.timezone import localdate

from benchmarks.geography import cities
from initiatives.choices import EditionKind
from initiatives.editions.index import index
from initiatives.models import Edition, Initiative, Organisation, SearchDocument
from initiatives.public.filtersets.sorting import ORDERS
from initiatives.text.folding import fold

ON_A_PAGE = 20
LIST = "/en/initiatives/"
_RARE = 20  # records at most that a rare word is in
_RICHEST_OF = 200


@dataclass(frozen=True)
class Site:
    """What of the filled register the addresses name."""

    total: int
    code: str
    organisation: str
    frequent: str
    rare: str

    @classmethod
    def known(cls) -> "Site":
        return cls(
            total=Initiative.objects.published().count(),
            code=_richest(),
            organisation=Organisation.objects.order_by("pk").values_list("slug", flat=True)[0],
            frequent=cities()[0][0],
            rare=_rare_city(),
        )


def pages(site: Site) -> dict[str, str]:
    last = max(1, -(-site.total // ON_A_PAGE))
    then = _a_year_ago()
    orders = {f"list, by {order}": f"{LIST}?sort={order}" for order, _label in ORDERS[1:]}
    return {
        "home": "/en/",
        "list": LIST,
        "list, two countries": f"{LIST}?country=UZ&country=KZ&country_match=all",
        "list, filters": f"{LIST}?sector=energy&status=in_progress&status=agreed&year=2024",
        "list, flag": f"{LIST}?flag=overdue",
        "list, search": f"{LIST}?q={site.frequent}",
        "list, search, rare word": f"{LIST}?q={site.rare}",
        "list, last page": f"{LIST}?page_size={ON_A_PAGE}&page={last}",
        **orders,
        "list, a year ago": f"{LIST}?as_of={then}",
        "detail": f"{LIST}{site.code}/",
        "detail, a year ago": f"{LIST}{site.code}/?as_of={then}",
        "pair": "/en/pairs/kz-uz/",
        "country": "/en/countries/uz/",
        "organisation": f"/en/organisations/{site.organisation}/",
        "event": "/en/events/event-1/",
        "changes": "/en/changes/",
        "slipped": "/en/slipped/",
        "json": "/initiatives.json",
        "api": "/api/v1/initiatives/",
        "atom": "/initiatives.atom",
    }


def visit(address: str, *, status: int = 200, **headers: str) -> bytes:
    """What stands at `address`, asked for over TLS. Raises SystemExit if it is not there."""
    answer = Client().get(address, secure=True, follow=False, headers=headers)
    if answer.status_code != status:
        raise SystemExit(f"{address} answers {answer.status_code} and cannot be measured.")
    return answer.getvalue()


def unchanged(address: str) -> Callable[[], object]:
    """What asks for `address` as a client that has it already."""
    etag = Client().get(address, secure=True).headers["ETag"]
    return lambda: visit(address, status=304, **{"if-none-match": etag})


def first_rows(address: str, rows: int) -> int:
    """Reads so many lines of a file that is streamed behind its first, and no further than to the
    end of their part; how many there are. They are not taken apart, since those of its peer are
    not either."""
    answer, lines = Client().get(address, secure=True), 0
    for part in answer.streaming_content:
        lines += part.count(b"\n")
        if lines > rows:
            break
    return min(lines, rows + 1)


def forget_answers() -> None:
    """As if each address were asked for the first time."""
    caches["answers"].clear()


def visit_after_change(address: str) -> bytes:
    """The same when the index has to find its figures anew, as after each edition."""
    index.forget_answers()
    return visit(address)


def visit_with_new_rows(address: str) -> bytes:
    """The same when no row of a list is known, as for the first reader of a day."""
    caches["rows"].clear()
    return visit(address)


def _a_year_ago() -> date:
    return localdate() - timedelta(days=365)


def _richest() -> str:
    """The code of the record of the first ones of which the public is told most, and which it could
    read a year ago as well."""
    known = Edition.objects.filter(kind=EditionKind.INITIATIVE, since__date__lt=_a_year_ago())
    bodies = known.order_by("position")
    return max(bodies[:_RICHEST_OF], key=lambda edition: len(edition.body)).key


def _rare_city() -> str:
    """One that is in few titles, but in one at least."""
    for names in reversed(cities()):
        if " " in (word := fold(names[0])):
            continue
        found = SearchDocument.objects.filter(terms__contains=f" {word} ")[: _RARE + 1]
        if 0 < len(found) <= _RARE:
            return names[0]
    return cities()[-1][0]
