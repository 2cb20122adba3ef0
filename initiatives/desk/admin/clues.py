"""What a pasted address tells about a source, and whether that source is stored already."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path
from django.utils.formats import localize_input
from django.utils.timezone import localdate

from initiatives.desk.address_clues import Clues, clues, normalised
from initiatives.text.plain_text import visible

if TYPE_CHECKING:
    from initiatives.desk.admin.records import RecordAdmin as Base
else:
    Base = object

MOST_CANDIDATES = 200  # stored addresses that contain the one asked for
MOST_SHOWN = 3


class ToldByAddress(Base):
    """Answers `clues/?url=` beside the form of a source, for those who may write one."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.clues_view)
        return [path("clues/", view, name="initiatives_source_clues"), *super().get_urls()]

    def clues_view(self, request: HttpRequest) -> HttpResponseNotAllowed | JsonResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        told = clues(visible(request.GET.get("url", "")).strip())
        answer = {"fields": {}, "stored": []} if told is None else self._answer(request, told)
        return JsonResponse(answer)  # `admin_view` keeps it out of caches

    def _answer(
        self, request: HttpRequest, told: Clues
    ) -> dict[str, dict[str, str] | list[Any | dict[str, str]]]:
        fields = {name: getattr(told, name) for name in told.__slots__}
        # Of sources that the officer may not see nothing is told, not even that they are there.
        if self.get_queryset(request).filter(slug=told.slug).exists():
            fields["slug"] = ""
        fields["accessed_on"] = localize_input(localdate())
        return {"fields": fields, "stored": self._stored(request, told.url)}

    def _stored(self, request: HttpRequest, url: str) -> list[dict[str, str]]:
        """Sources under the same address, as far as this officer may see them."""
        same = normalised(url)
        rows = self.get_queryset(request).filter(url__icontains=same.partition("?")[0])
        return [
            {"title": source.title, "address": self.address(source.pk)}
            for source in rows[:MOST_CANDIDATES]
            if normalised(source.url) == same and self.has_view_permission(request, source)
        ][:MOST_SHOWN]
