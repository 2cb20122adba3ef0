"""Validators of HTTP (RFC 9110, section 8.8) and kept answers, for all that is public.

One place for pages and formats: what was sent once is sent again only if it would differ. A public
answer is a function of its address, the language, the day, the program and the place in the public
register, which a few tiny queries tell, however many records there are.

    fresh = caching.freshness(request, initiatives)
    return caching.answer(request, fresh, lambda: HttpResponse(…))
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Max, QuerySet, Value
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language, get_language_from_path

from initiatives.answers.program import program
from initiatives.editions import places
from initiatives.models import Country, Organisation, Sector

# Kept by caches, and asked about each time: what an officer corrects is corrected everywhere.
CACHE_CONTROL = "public, no-cache"
# The names that stand beside the keys in the register.
_NAMES = (Country, Sector, Organisation)
LARGEST_KEPT = 300_000  # bytes of an answer; files of everything are streamed and never kept


@dataclass(frozen=True)
class Freshness:
    """`changed_at` is never in the future."""

    etag: str
    changed_at: datetime
    rows: QuerySet | None = field(default=None, repr=False, compare=False)

    @cached_property
    def count(self) -> int:
        """The number of initiatives shown. It is asked for only where an answer tells it."""
        return 0 if self.rows is None else self.rows.order_by().count()


def freshness(request, initiatives=None, *also, record=None) -> Freshness:
    """What an answer that shows `initiatives`, a queryset, depends on. Five small queries at most.

    That is the register (of an answer about one public `record` only what names it there), the
    names of countries, sectors and organisations, the address, the language, the program itself,
    the day (flags turn at midnight; files of IATI also know the day of UTC), and what `also` names.
    """
    place = places.of_record(record) if record else places.of_register()
    names, made_by = _names(), program()
    etag = _etag(request, *_days(), made_by[0], names, place.mark, *also)
    return Freshness(etag, _changed_at(place, names, made_by), initiatives)


def freshness_of(request, *parts, changed_at: datetime) -> Freshness:
    """The same for what depends on `parts` alone, which last changed at `changed_at`; no query.

    Beside them only the address, the language and the program count, and no day.
    """
    made_by = program()
    last = min(max(changed_at, made_by[1]), timezone.now())
    return Freshness(_etag(request, made_by[0], *parts), last)


def _etag(request, *parts) -> str:
    told = "\n".join(map(str, (request.build_absolute_uri(), get_language(), *parts)))
    return f'W/"{hashlib.sha256(told.encode(errors="replace")).hexdigest()[:32]}"'


def answer(request, fresh: Freshness, make):
    """304 where the client has it already, else what was kept, else what `make()` gives."""
    seconds = int(fresh.changed_at.timestamp())
    response = get_conditional_response(request, fresh.etag, seconds)
    response = response or _kept(request, fresh) or _keep(request, fresh, make())
    response.headers["ETag"] = fresh.etag
    response.headers["Last-Modified"] = http_date(seconds)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return vary(request, response)


def _kept(request, fresh) -> HttpResponse | None:
    """The same answer, if it was given since anything changed."""
    if not _may_be_kept(request):
        return None
    found = caches["answers"].get(_key(fresh))
    return found and HttpResponse(found[0], headers=found[1])


def _keep(request, fresh, response):
    if not _may_be_kept(request) or response.status_code != 200 or response.streaming:
        return response
    if hasattr(response, "render"):
        response.render()
    if request.method == "GET" and len(response.content) <= LARGEST_KEPT:
        caches["answers"].set(_key(fresh), (response.content, dict(response.headers)))
    return response


def _may_be_kept(request) -> bool:
    """Whoever is signed in gets an answer of their own, though today it is the same."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _key(fresh) -> str:
    return fresh.etag.removeprefix("W/").strip('"')


def vary(request, response):
    """Without a prefix the language is chosen by cookie and Accept-Language."""
    if not get_language_from_path(request.path_info):
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _names() -> list[tuple]:
    """The number of rows of each list and its last change."""
    # Not `model.objects`: django-modeltranslation would group by each column, so by each row.
    first, *others = (
        QuerySet(model)
        .order_by()
        .values(whole=Value(1))
        .annotate(number=Count("pk"), updated=Max("updated_at"))
        .values_list("number", "updated")
        for model in _NAMES
    )
    return sorted(first.union(*others, all=True), key=str)


def _changed_at(place, names, made_by) -> datetime:
    """The last instant at which any public answer may have changed.

    Not only the rows shown count: when one leaves a list, nothing that stays has changed.
    """
    local, utc = (datetime.combine(day, time.min) for day in _days())
    midnights = timezone.make_aware(local), utc.replace(tzinfo=UTC)
    known = [place.changed_at, *(updated for _, updated in names), *midnights, made_by[1]]
    return min(max(filter(None, known)), timezone.now())


def _days() -> tuple[date, date]:
    """Today at the site and in UTC."""
    return timezone.localdate(), timezone.now().astimezone(UTC).date()
