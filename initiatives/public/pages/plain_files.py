"""Files that programs look for at the root of a site."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from initiatives.choices import Language
from initiatives.public.pages.changes import Changes
from initiatives.public.pages.list_query import without_parameters
from initiatives.public.pages.listing import InitiativeList
from initiatives.public.pages.pages import Page
from initiatives.public.pages.slipped import Slipped

_FILES = ("csv", "xlsx", "json", "jsonl", "xml", "atom", "ics", "png", "py")
_LISTS: dict[str, type[Page]] = {"list": InitiativeList, "changes": Changes, "slipped": Slipped}
TEXT = "text/plain; charset=utf-8"


@without_parameters
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read, but pages of lists with filters, which are without number.

    Files, feeds, calendars and the API may be read with filters: the longest rule that matches
    counts (RFC 9309, section 2.2.2), and pages alone end in a stroke before the question mark.
    Readers of an older kind know no asterisk; to them the parameters of the lists are named one by
    one.
    """
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", f"Allow: {reverse('api:root')}", "Disallow: /admin/"]
    lines += [f"Allow: /*.{ending}?" for ending in _FILES]
    lines += ["Disallow: /*/?", *map("Disallow: {}".format, _filtered()), ""]
    return HttpResponse("\n".join([*lines, f"Sitemap: {sitemap}", ""]), content_type=TEXT)


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
@cache_control(public=True, max_age=3600)
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). It ends within a year, as the RFC recommends."""
    now = timezone.now()
    expires = datetime(now.year + (now.month > 6), 12 if now.month <= 6 else 6, 30, tzinfo=UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(Language.values)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)
