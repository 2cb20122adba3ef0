"""Files that programs look for at the root of a site."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from initiatives.choices import Language
from initiatives.http import caching
from initiatives.public.pages.changes import Changes
from initiatives.public.pages.list_query import without_parameters
from initiatives.public.pages.listing import InitiativeList
from initiatives.public.pages.pages import Page
from initiatives.public.pages.slipped import Slipped

_FILES = ("csv", "xlsx", "json", "jsonl", "xml", "atom", "ics", "png", "py")
_LISTS: dict[str, type[Page]] = {"list": InitiativeList, "changes": Changes, "slipped": Slipped}
TEXT = "text/plain; charset=utf-8"
_WHEN_THE_PROGRAM_DID = datetime(2000, 1, 1, tzinfo=UTC)


@without_parameters
@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Everything public may be read, but pages of lists with filters, which are without number.

    Files, feeds, calendars and the API may be read with filters: the longest rule that matches
    counts (RFC 9309, section 2.2.2), and pages alone end in a stroke before the question mark.
    Readers of an older kind know no asterisk; to them the parameters of the lists are named one by
    one.
    """
    fresh = caching.freshness_of(request, changed_at=_WHEN_THE_PROGRAM_DID)
    return caching.answer(request, fresh, lambda: _text(_rules(request)))


def _rules(request: HttpRequest) -> list[str]:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", f"Allow: {reverse('api:root')}", "Disallow: /admin/"]
    lines += [f"Allow: /*.{ending}?" for ending in _FILES]
    lines += ["Disallow: /*/?", *map("Disallow: {}".format, _filtered()), ""]
    return [*lines, f"Sitemap: {sitemap}"]


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type=TEXT)


def _filtered() -> Iterator[str]:
    """How the addresses of lists with a filter begin, in each language."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            for name, view in _LISTS.items():
                page = reverse(f"initiatives:{name}")
                yield from (f"{page}?{parameter}=" for parameter in view.takes)


@without_parameters
@require_safe
@cache_control(public=True, max_age=3600)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it at the root for answers that are no pages of ours."""
    return redirect(static("img/favicon.svg"))


@without_parameters
@require_safe
def security(request: HttpRequest) -> HttpResponseBase:
    """Where to report a weakness (RFC 9116). It ends within a year, as the RFC recommends."""
    now = timezone.now().astimezone(UTC)
    is_late = now.month > 6
    begun = datetime(now.year, 7 if is_late else 1, 1, tzinfo=UTC)
    expires = datetime(now.year + is_late, 6 if is_late else 12, 30, tzinfo=UTC)
    fresh = caching.freshness_of(request, expires, changed_at=begun)
    return caching.answer(request, fresh, lambda: _text(_contacts(request, expires)))


def _contacts(request: HttpRequest, expires: datetime) -> list[str]:
    return [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(Language.values)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
