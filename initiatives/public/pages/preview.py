"""A record as it would be, behind a signed link: a draft, or a change that waits for approval."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.desk import previews
from initiatives.desk.previews import Preview
from initiatives.public.pages.detail import context_of
from initiatives.public.pages.pages import Known


class PreviewPage(View):
    """It is kept out of caches and search engines, and the address of the link goes to no one."""

    http_method_names = ["get", "head"]
    takes = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            preview = previews.read(token)
        except previews.Expired:
            context = {"days": previews.VALID_FOR.days}
            page = "initiatives/preview_expired.html"
            return TemplateResponse(request, page, context, status=410)
        except previews.NoPreview:
            raise Http404(_("There is no such preview.")) from None
        return self._shown(request, preview)

    def _shown(self, request: HttpRequest, preview: Preview) -> HttpResponse:
        """The page, made of rows that are changed for its sake and then put back."""
        with previews.as_it_would_be(preview.request) as refused:
            _record, initiative = previews.record_as_published(preview.initiative.code)
            context = {**context_of(initiative, Known()), "preview": preview, "refused": refused}
            return TemplateResponse(request, "initiatives/preview.html", context).render()
