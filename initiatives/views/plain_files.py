"""Files that programs look for at the root of a site."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

TEXT = "text/plain; charset=utf-8"


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """Everything public may be read; lists with filters are without number and need no index."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*?", "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
@cache_control(public=True, max_age=3600)
def favicon(request):
    """Browsers ask for it at the root for answers that are no pages of ours."""
    return redirect(static("img/favicon.svg"))


@require_safe
@cache_control(public=True, max_age=3600)
def security(request):
    """Where to report a weakness (RFC 9116). It ends within a year, as the RFC recommends."""
    now = timezone.now()
    expires = datetime(now.year + (now.month > 6), 12 if now.month <= 6 else 6, 30, tzinfo=UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en, ru, uz, kk",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)
