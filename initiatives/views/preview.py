"""A record as it would be, behind a signed link: a draft, or a change that waits for approval."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives import previews
from initiatives.actions.edits import apply_edits
from initiatives.as_of import judged
from initiatives.editions.instances import instances_of
from initiatives.publication import preview_of
from initiatives.views.detail import context_of
from initiatives.views.pages import Known


class PreviewPage(View):
    """It is kept out of caches and search engines, and the address of the link goes to no one."""

    http_method_names = ["get", "head"]
    takes = ()

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def get(self, request, token):
        try:
            preview = previews.read(token)
        except previews.Expired:
            context = {"days": previews.VALID_FOR.days}
            page = "initiatives/preview_expired.html"
            return TemplateResponse(request, page, context, status=410)
        except previews.NoPreview:
            raise Http404(_("There is no such preview.")) from None
        return self._shown(request, preview)

    def _shown(self, request, preview):
        """The page, made of rows that are changed for its sake and then put back."""
        with transaction.atomic():
            refused = self._changed(preview)
            page = self._page(request, preview, refused).render()
            transaction.set_rollback(True)
        return page

    def _changed(self, preview):
        """Do what the request asks for, and give what stands against it."""
        change_request = preview.request
        if change_request is None or not change_request.waits:
            return []
        try:
            apply_edits(
                change_request.edits,
                by=change_request.created_by,
                reason=change_request.moved_because,
                overwrite=True,
            )
        except ValidationError as refusal:
            return refusal.messages
        return []

    def _page(self, request, preview, refused):
        context = context_of(_as_published(preview.initiative.code), Known())
        return TemplateResponse(
            request, "initiatives/preview.html", {**context, "preview": preview, "refused": refused}
        )


def _as_published(code):
    """The initiative as the public would be told of it, if its row were published as it is now."""
    now = timezone.now()
    preview = preview_of(code, now)
    rows = instances_of([preview.record], now, events=preview.events, checks={code: preview.check})
    return judged(rows, timezone.localdate(now))[0]
