"""Addresses: the pages under a language prefix, machine formats also without one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from initiatives.public.api.docs import DocsPage
from initiatives.public.pages.documents import document
from initiatives.public.pages.health import healthz, readyz
from initiatives.public.pages.list_query import taking
from initiatives.public.pages.plain_files import favicon, robots, security
from initiatives.public.sitemaps import sitemap
from tracker.metrics.views import metrics

# The formats for machines answer under every prefix, in its language, and without any.
FORMATS = [
    path("", include("initiatives.urls.formats")),
    path("", include("initiatives.urls.subscriptions")),
]
FORMATS_WITHOUT_PREFIX = [
    path("", include("initiatives.urls.formats", namespace="formats-neutral")),
    path("", include("initiatives.urls.subscriptions", namespace="follow-neutral")),
]

handler500 = "tracker.away.answers.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("sitemap.xml", taking("p")(sitemap), name="sitemap"),
    path("robots.txt", robots),
    path("favicon.ico", favicon),
    path(".well-known/security.txt", security),
    path("documents/<str:sha256>/", document, name="document"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("initiatives.urls.api")),
    *FORMATS_WITHOUT_PREFIX,
    *i18n_patterns(
        *FORMATS,
        path("api/v1/docs/", DocsPage.as_view(), name="api-docs"),
        path("", include("initiatives.urls.pages")),
        path("feeds/", include("initiatives.urls.feeds")),
        path("mail/", include("initiatives.urls.following")),
        prefix_default_language=True,
    ),
]
