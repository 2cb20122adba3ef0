"""The addresses of feeds and calendars, and of the pages that they lead to."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

from initiatives import urls
from initiatives.views.changes import Changes


def page(request, **kwargs):
    return HttpResponse()


PAGES = [
    *urls.urlpatterns,
    path("countries/<str:iso2>/", page, name="country"),
    path("sectors/<str:slug>/", page, name="sector"),
    path("pairs/<str:first>-<str:second>/", page, name="pair"),
    path("events/", page, name="events"),
    path("events/<str:slug>/", page, name="event"),
    path("changes/", Changes.as_view(), name="changes"),
]
urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("initiatives.follow_urls", namespace="follow-any")),
    *i18n_patterns(
        path("", include((PAGES, "initiatives"))), path("", include("initiatives.follow_urls"))
    ),
]
