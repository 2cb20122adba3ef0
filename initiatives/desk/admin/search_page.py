"""One box for all that an officer looks for, and the records on which they worked last."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib.admin import AdminSite
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole
from initiatives.desk.admin.access import officer_of, rights_of
from initiatives.models import Change, Event, ExternalId, Initiative, Organisation, Source
from initiatives.text import folding
from initiatives.text.plain_text import clean_line

if TYPE_CHECKING:
    from initiatives.desk.admin.records import RecordAdmin

FOUND_IN = (Initiative, Event, Organisation, Source)
_LONGEST = 200  # characters
_MOST = 10  # rows of each kind
_MOST_SOURCES = 10_000  # whose titles are compared in every script
_MOST_RECENT, _LAST_CHANGES = 8, 500  # records, and rows of the histories that name them


def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=` finds records, events, organisations and sources that the officer may see."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    from django.contrib import admin

    text = clean_line(request.GET.get("q", ""))[:_LONGEST].strip()
    kinds = [_found(admin.site, request, model, text) for model in FOUND_IN] if text else []
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "text": text,
        "kinds": [kind for kind in kinds if kind["rows"]],
        "recent": recent_records(request) if not text else (),
    }
    return TemplateResponse(request, "admin/desk/search.html", context)


def _found(site: AdminSite, request: HttpRequest, model: type[Model], text: str) -> dict:
    page = cast("RecordAdmin", site.get_model_admin(model))  # which knows its addresses
    seen = page.get_queryset(request)
    rows = list(_rows(page, request, model, seen, text)[: _MOST + 1])
    return {
        "name": capfirst(model._meta.verbose_name_plural),
        "rows": [{"row": row, "address": page.address(row.pk)} for row in rows[:_MOST]],
        "has_more": len(rows) > _MOST,
    }


def _rows(
    page: "RecordAdmin", request: HttpRequest, model: type[Model], seen: QuerySet[Any], text: str
) -> QuerySet[Any] | list[Any]:
    rows, _is_double = page.get_search_results(request, seen, text)
    if model is Initiative:
        elsewhere = ExternalId.objects.filter(value__iexact=text).values("initiative")
        by_key = seen.filter(Q(code=text.upper()) | Q(pk__in=elsewhere))
        known = list(by_key[:_MOST])
        return [*known, *(row for row in rows[: _MOST + 1] if row not in known)]
    if model is Source and not rows.exists():
        return _sources_in_any_script(seen, text)
    return rows


def _sources_in_any_script(seen: QuerySet[Any], text: str) -> QuerySet[Any] | list[Any]:
    """Sources have no folded column, so their titles are folded here."""
    wanted = folding.words(text)
    titles = seen.values_list("pk", "title", "publisher")[:_MOST_SOURCES]
    keys = []
    for key, *words in titles:
        folded = folding.searchable(*words)
        if wanted and all(word in folded for word in wanted):
            keys.append(key)
        if len(keys) > _MOST:
            break
    return seen.filter(pk__in=keys)


def recent_records(request: HttpRequest) -> list[Initiative]:
    """The records that the officer changed last, the newest first; two queries."""
    last = Change.objects.filter(recorded_by=officer_of(request), initiative__isnull=False)
    keys = last.order_by("-pk").values_list("initiative", flat=True)
    newest = list(dict.fromkeys(keys[:_LAST_CHANGES]))
    seen = rights_of(request).initiatives(DeskRole.VIEWER).in_bulk(newest)
    return [seen[key] for key in newest if key in seen][:_MOST_RECENT]
