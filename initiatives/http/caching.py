"""Validators of HTTP (RFC 9110, section 8.8) for all that is public.

One place for pages and formats: what was sent once is sent again only if it would differ. A public
answer is a function of its address, the language, the day, the program and the place in the public
register, which a few tiny queries tell, however many records there are.

    fresh = caching.freshness(request)
    return caching.answer(request, fresh, lambda: HttpResponse(…))
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Protocol, TypeVar, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language, get_language_from_path

from initiatives.editions import places
from initiatives.editions.record import InitiativeRecord
from initiatives.http import reference_names
from initiatives.http.program import program

# Kept by caches, and asked about each time: what an officer corrects is corrected everywhere.
CACHE_CONTROL = "public, no-cache"


@dataclass(frozen=True)
class State:
    """What every public answer depends on beside its address and what the reader asks for in it.

    `mark` differs wherever an answer may; `changed_at`, never in the future, is since when. `names`
    differs wherever the names beside the register or the program do.
    """

    mark: str
    names: str
    changed_at: datetime


@dataclass(frozen=True)
class Freshness:
    """The validators of an answer, and the state that it was made in: what is kept holds for that
    state alone. None where it depends on less, and is made anew each time."""

    etag: str
    changed_at: datetime
    state: State | None = None


class _OfState(Protocol):
    """A response that says in which state it was made."""

    public_state: State | None


def state() -> State:
    """Six small queries.

    The register, the names of countries, sectors and organisations, the program itself and the day
    (flags turn at midnight; files of IATI also know the day of UTC).
    """
    register = places.of_register()
    return _state(register, reference_names.of_today(register))


def freshness(
    request: HttpRequest, *also: str, record: InitiativeRecord | None = None
) -> Freshness:
    """What an answer depends on: the state, its address and language, and what `also` names.

    What is about one public `record` takes of the register only what the record names there.
    """
    register = places.of_register()
    known = reference_names.of_today(register)
    whole = _state(register, known)
    own = _state(places.of_record(record), known) if record else whole
    return Freshness(_etag(request, own.mark, *also), own.changed_at, whole)


def freshness_of(request: HttpRequest, *parts: object, changed_at: datetime) -> Freshness:
    """The same for what depends on `parts` alone, which last changed at `changed_at`; no query.

    Beside them only the address, the language and the program count, and no day.
    """
    made_by = program()
    last = min(max(changed_at, made_by[1]), timezone.now())
    return Freshness(_etag(request, made_by[0], *parts), last)


def _etag(request: HttpRequest, *parts: object) -> str:
    address = (request.build_absolute_uri(), get_language())
    return f'W/"{digest(*address, *parts)}"'


def digest(*parts: object) -> str:
    """Short enough for an ETag, long enough that no two answers share it."""
    return hashlib.sha256("\n".join(map(str, parts)).encode(errors="replace")).hexdigest()[:32]


def answer(
    request: HttpRequest, fresh: Freshness, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 where the client has it already, else what `make()` gives."""
    seconds = int(fresh.changed_at.timestamp())
    response = get_conditional_response(request, fresh.etag, seconds) or make()
    response.headers["ETag"] = fresh.etag
    response.headers["Last-Modified"] = http_date(seconds)
    response.headers["Cache-Control"] = CACHE_CONTROL
    cast(_OfState, response).public_state = fresh.state  # an attribute that Django has not
    return vary(request, response)


AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


def vary(request: HttpRequest, response: AnyResponse) -> AnyResponse:
    """Without a prefix the language is chosen by cookie and Accept-Language."""
    if not get_language_from_path(request.path_info):
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _state(place: places.Place, known: reference_names.Names) -> State:
    """The last instant at which any public answer may have changed is that of the state.

    Not only the rows shown count: when one leaves a list, nothing that stays has changed.
    """
    now, days, made_by = timezone.now(), _days(), program()
    local, utc = (datetime.combine(day, time.min) for day in days)
    midnights = timezone.make_aware(local), utc.replace(tzinfo=UTC)
    changed = [place.changed_at, known.changed_at, *midnights, made_by[1]]
    mark = digest(*days, made_by[0], known.mark, place.mark)
    names = digest(made_by[0], known.mark)
    return State(mark, names, min(max(filter(None, changed)), now))


def _days() -> tuple[date, date]:
    """Today at the site and in UTC."""
    return timezone.localdate(), timezone.now().astimezone(UTC).date()
