"""The document of a source at the desk: shown in its form, downloaded, taken down."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.choices import RequestState
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.desk.forms.source import TakeDownForm
from initiatives.document_store import is_digest
from initiatives.http.downloads import download
from initiatives.models import ChangeRequest, Source
from initiatives.rights import Rights

if TYPE_CHECKING:
    from initiatives.desk.admin.records import RecordAdmin as Base
else:
    Base = object

_PRIVATE = "private, no-store"
_FIELDS = ("document", "document_name", "document_type")


class CarriesDocument(Base):
    """For the admin of sources: what belongs to the document that a source may carry."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("document/<str:sha256>/", view(self.document_view), name="initiatives_document"),
            path(
                "<str:object_id>/take-down/",
                view(self.take_down_view),
                name="initiatives_source_take_down",
            ),
            *super().get_urls(),
        ]

    def document_view(self, request: HttpRequest, sha256: str) -> HttpResponseBase:
        """The document for an officer who may read it at a source, or sees a request for it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = _named(sha256, rights_of(request)) if is_digest(sha256) else None
        if found is None:
            raise Http404
        _sha256, name, media_type = found
        answer = download(request, sha256, name=name, media_type=media_type, cache_control=_PRIVATE)
        if answer is None:
            raise Http404
        return answer

    def take_down_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then destroy the document."""
        source = self.get_object(request, object_id)
        if not rights_of(request).is_superuser:
            raise PermissionDenied
        if source is None or not source.document:
            raise Http404
        form = TakeDownForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and form.enter(source, by=officer_of(request)):
            messages.success(request, _("The document is taken down; its page gives the reason."))
            return redirect(self.address(source.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take the document down"),
            "subtitle": str(source),
            "opts": self.opts,
            "source": source,
            "carriers": Source.objects.filter(document=source.document),
            "form": form,
        }
        return TemplateResponse(request, "admin/initiatives/take_down.html", context)

    @admin.display(description=gettext_lazy("stored document"))
    def document_shown(self, source: Source | None) -> str | SafeString:
        """What the source carries now, with the way to it."""
        if source is None or not source.document:
            return _("none")
        if not getattr(source, "may_read_document", True):
            return _("one for the desks whose records cite the source")
        return format_html(
            '<a href="{}">{}</a> ({}, {}), {}<br>SHA-256 <code class="desk-digest">{}</code>{}',
            reverse("admin:initiatives_document", args=[source.document]),
            source.document_name,
            source.get_document_type_display(),
            filesizeformat(source.document_size or 0),
            _("for the public") if source.document_is_public else _("for the desk only"),
            source.document,
            self._way_to_take_down(source),
        )

    def _way_to_take_down(self, source: Source) -> str | SafeString:
        if not getattr(source, "may_take_down", False):
            return ""
        return format_html(
            '<br><a href="{}">{}</a>',
            reverse("admin:initiatives_source_take_down", args=[source.pk]),
            _("Take the document down for good"),
        )

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        source = super().get_object(request, object_id, from_field)
        if source is not None:
            rights = rights_of(request)
            source.may_take_down = rights.is_superuser
            source.may_read_document = (
                source.document_is_public or rights.sources_to_read().filter(pk=source.pk).exists()
            )
        return source

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        form.give_document()
        super().save_model(request, obj, form, change)
        if form.arrived is not None and form.arrived.is_encrypted:
            text = _("“%(name)s” is encrypted: whoever opens it may be asked for a password.")
            messages.warning(request, text % {"name": form.arrived.name})


def _named(sha256: str, rights: Rights) -> tuple[str, str, str] | None:
    """(digest, name, media type) of a document that the officer may read at a source, or that is
    asked for in a request they see."""
    may_read = Q(document_is_public=True) | Q(pk__in=rights.sources_to_read().values("pk"))
    carried = rights.to_choose(Source).filter(may_read, document=sha256)
    values = carried.order_by("pk").values_list(*_FIELDS).first()
    return values or _asked_for(sha256, rights)


def _asked_for(sha256: str, rights: Rights) -> tuple[str, str, str] | None:
    waiting = rights.rows(ChangeRequest).filter(model="source", state=RequestState.WAITING)
    for edits in waiting.values_list("edits", flat=True):
        for edit in edits:
            asked = {name: both[1] or "" for name, both in edit["fields"].items()}
            if edit["model"] == "source" and asked.get("document") == sha256:
                # What stays as it is does not stand in the edit: the name of a file, its type.
                stored = Source.objects.filter(slug=edit["key"][0]).values(*_FIELDS[1:]).first()
                both = {**(stored or {}), **asked}
                return (sha256, both.get("document_name", ""), both.get("document_type", ""))
    return None
