"""Sources that are cited for public claims, those of all kinds in one query."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When

from initiatives.editions import record as public
from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models import Citation, Funding
from initiatives.publication.columns import Cited, Columns

# Claims of an initiative, by the names of the fields that lead from a citation to them.
CLAIMS = {
    "initiative": "initiative",
    "status_change": "status_change__initiative",
    "milestone": "milestone__initiative",
    "funding": "funding__initiative",
    "date_revision": "date_revision__initiative",
}
_DOCUMENT = ("document", "document_name", "document_type", "document_size")


def _if_public(under: str) -> dict[str, Any]:
    """What the public is told of the document of a source: nothing if it is for the desk only."""

    def column(name: str) -> Callable[[datetime], Case]:
        nothing = Value(None) if name == "document_size" else Value("")
        shown = When(**{f"{under}document_is_public": True}, then=F(f"{under}{name}"))
        return lambda now: Case(shown, default=nothing, output_field=_FIELD_OF[name])

    return {name: column(name) for name in _DOCUMENT}


_FIELD_OF: dict[str, Any] = {
    **dict.fromkeys(_DOCUMENT, CharField()),
    "document_size": IntegerField(null=True),
}
_CITATION = Columns(
    public.Citation, under="source__", locator="locator", quote="quote", **_if_public("source__")
)
# The source of a rate is cited as a whole.
_RATE = Columns(
    public.Citation,
    under="usd_rate_source__",
    locator=lambda now: Value(""),
    quote=lambda now: Value(""),
    **_if_public("usd_rate_source__"),
)
_ORDER = attrgetter("title", "slug", "locator", "quote")


def of_initiatives(keys: Sequence[int], now: datetime) -> Cited:
    """Those for initiatives with these primary keys and for all that they are made of."""
    return _by_claim(_OF_INITIATIVES(keys, now))


def of_events(keys: Sequence[int], now: datetime) -> Cited:
    return _by_claim(_OF_EVENTS(keys, now))


def _for(claim: str, path: str, keys: list[int], now: datetime) -> QuerySet[Citation, Any]:
    rows = Citation.objects.public().order_by().filter(**{f"{path}__in": keys})
    return values_of(rows, Value(claim), claim, *_CITATION.at(now))


def _rates(keys: list[int], now: datetime) -> QuerySet[Funding, Any]:
    rows = Funding.objects.order_by().filter(usd_rate_source__is_public=True, initiative__in=keys)
    return values_of(rows, Value("usd_rate_source"), "pk", *_RATE.at(now))


def _of_initiatives(keys: list[int], now: datetime) -> QuerySet[Citation, Any]:
    first, *others = (_for(claim, path, keys, now) for claim, path in CLAIMS.items())
    return first.union(*others, _rates(keys, now), all=True)


_OF_INITIATIVES = KeptQuery(_of_initiatives)
_OF_EVENTS = KeptQuery(lambda keys, now: _for("event", "event", keys, now))


def _by_claim(rows: Iterable[tuple[Any, ...]]) -> Cited:
    found = defaultdict(list)
    for claim, pk, *values in rows:
        found[claim, pk].append(public.Citation(**_CITATION.fields(values)))
    return {claim: tuple(sorted(cited, key=_ORDER)) for claim, cited in found.items()}
