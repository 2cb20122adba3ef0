"""Refusals of the desk, shown in its frame, so that an officer finds the way on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _


def in_frame(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view`, whose 403 and 404 are pages of the desk. What was refused is undone as ever."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return _page(site, request, 403, _("This page is not open to you"))
        except Http404:
            return _page(site, request, 404, _("Page not found"))

    return framed


def _page(site: AdminSite, request: HttpRequest, status: int, title: str) -> TemplateResponse:
    context = {**site.each_context(request), "title": title, "status": status}
    return TemplateResponse(request, "admin/desk/refusal.html", context, status=status)
