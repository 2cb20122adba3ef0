"""Validators of HTTP (RFC 9110, section 8.8) for all that is made from public initiatives.

One place for pages and formats: what was sent once is sent again only if it would differ.

    fresh = caching.freshness(request, initiatives)
    return caching.answer(request, fresh, lambda: HttpResponse(…))
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum, Value
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language, get_language_from_path

from initiatives.choices import Publication
from initiatives.models import Country, Event, Initiative, Organisation, Sector, Source

# Kept by caches, and asked about each time: what an officer corrects is corrected everywhere.
CACHE_CONTROL = "public, no-cache"
# What initiatives point to; a new name of a country changes every answer that shows it.
_SHARED = (Country, Sector, Organisation, Event, Source)
_PUBLIC_ONCE = (Publication.PUBLISHED, Publication.WITHDRAWN)


@dataclass(frozen=True)
class Freshness:
    """`count` is the number of initiatives shown; `changed_at` is never in the future."""

    etag: str
    changed_at: datetime
    count: int


def freshness(request, initiatives, *also) -> Freshness:
    """What an answer that shows `initiatives`, a queryset, depends on. Three queries.

    That is those rows with all that belongs to them, the lists they point to, the address, the
    language, the program itself, the day (flags turn at midnight; files of IATI also know the
    day of UTC), and whatever `also` names.
    """
    rows = initiatives.order_by().aggregate(
        count=Count("pk"),
        keys=Sum("pk"),
        versions=Sum("version"),
        updated=Max("updated_at"),
        checked=Max("last_checked_at"),
    )
    shared, program = _shared(), _program()
    parts = (
        request.build_absolute_uri(),
        get_language(),
        *_days(),
        program,
        shared,
        *rows.values(),
        *also,
    )
    told = "\n".join(map(str, parts)).encode(errors="replace")
    etag = f'W/"{hashlib.sha256(told).hexdigest()[:32]}"'
    return Freshness(etag, _changed_at(shared, program), rows["count"])


def answer(request, fresh: Freshness, make):
    """304 where the client has it already, else what `make()` gives; both with validators."""
    seconds = int(fresh.changed_at.timestamp())
    response = get_conditional_response(request, fresh.etag, seconds) or make()
    response.headers["ETag"] = fresh.etag
    response.headers["Last-Modified"] = http_date(seconds)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return vary(request, response)


def vary(request, response):
    """Without a prefix the language is chosen by cookie and Accept-Language."""
    if not get_language_from_path(request.path_info):
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def _shared() -> list[tuple]:
    """The number of rows of each list and its last change."""
    # Not `model.objects`: django-modeltranslation would group by each column, so by each row.
    first, *others = (
        QuerySet(model)
        .order_by()
        .values(whole=Value(1))
        .annotate(number=Count("pk"), updated=Max("updated_at"))
        .values_list("number", "updated")
        for model in _SHARED
    )
    return sorted(first.union(*others, all=True), key=str)


def _changed_at(shared, program) -> datetime:
    """The last instant at which any public answer may have changed.

    Not only the rows shown count: when one leaves a list, nothing that stays has changed.
    """
    public = Initiative.objects.filter(
        Q(embargo_until__isnull=True) | Q(embargo_until__lte=timezone.now()),
        publication__in=_PUBLIC_ONCE,
    )
    stamps = public.aggregate(
        Max("updated_at"), Max("embargo_until"), Max("published_at"), Max("last_checked_at")
    )
    local, utc = (datetime.combine(day, time.min) for day in _days())
    midnights = timezone.make_aware(local), utc.replace(tzinfo=UTC)
    known = [*stamps.values(), *(updated for _, updated in shared), *midnights, program[1]]
    return min(max(filter(None, known)), timezone.now())


def _days() -> tuple[date, date]:
    """Today at the site and in UTC."""
    return timezone.localdate(), timezone.now().astimezone(UTC).date()


@cache
def _program() -> tuple[str, datetime]:
    """A fingerprint of what turns records into answers, and when it was last changed."""
    files = sorted(path for folder in _folders() for path in folder.rglob("*") if path.is_file())
    wanted = [path for path in files if path.suffix in {".py", ".html", ".mo", ".json"}]
    digest = hashlib.sha256()
    for path in wanted:
        digest.update(path.read_bytes())
    newest = max(path.stat().st_mtime for path in wanted)
    return digest.hexdigest(), datetime.fromtimestamp(newest, UTC)


def _folders() -> list[Path]:
    templates = (folder for engine in settings.TEMPLATES for folder in engine["DIRS"])
    # staticfiles.json in STATIC_ROOT names the files that pages link to.
    ours = (apps.get_app_config("initiatives").path, settings.STATIC_ROOT)
    return [Path(folder) for folder in (*ours, *templates, *settings.LOCALE_PATHS) if folder]
