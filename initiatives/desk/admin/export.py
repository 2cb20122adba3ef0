"""The list of initiatives as officers see it, drafts included, as a file for the desk alone."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.demonstration import file_name
from initiatives.desk.admin.access import rights_of
from initiatives.exchange import csv_file, xlsx_file
from initiatives.exchange.columns import COLUMNS, OF_DESK
from initiatives.exchange.working_rows import working_rows
from initiatives.http.records import address_in_language
from initiatives.http.streams import in_language

if TYPE_CHECKING:
    from initiatives.desk.admin.initiatives import InitiativeAdmin

FORMATS: dict[str, Any] = {"csv": csv_file, "xlsx": xlsx_file}
# A list is not asked for these when it is a file: all of its rows go into it.
_OF_PAGES = (PAGE_VAR, ALL_VAR, "selected")


def export(page: "InitiativeAdmin", request: HttpRequest, suffix: str) -> HttpResponseBase:
    """All rows of the list `page` with its filters, search and order, sent while they are read.

    The file has the columns of a public one and then those of the desk. A list that the desk
    refuses is refused in the same way.
    """
    if suffix not in FORMATS:
        raise Http404
    if not page.has_view_permission(request):
        raise PermissionDenied
    asked = request.GET.copy()
    for name in _OF_PAGES:
        asked.pop(name, None)
    request.GET = asked  # type: ignore[assignment]  # nobody changes it any more
    try:
        changelist = page.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return redirect(f"{_list()}?{ERROR_FLAG}=1")
    keys = list(changelist.queryset.values_list("pk", flat=True))
    if suffix == "xlsx" and len(keys) > xlsx_file.MOST_ROWS:
        return _too_many(request, len(keys))
    return _file(request, keys, suffix)


def _list() -> str:
    return reverse("admin:initiatives_initiative_changelist")


def _too_many(request: HttpRequest, number: int) -> HttpResponse:
    text = _("%(number)s records are too many for a sheet. Narrow the list, or download CSV.")
    messages.error(request, text % {"number": number})
    return redirect(f"{_list()}?{request.GET.urlencode()}")


def _file(request: HttpRequest, keys: list[int], suffix: str) -> StreamingHttpResponse:
    file, columns = FORMATS[suffix], [*COLUMNS.values(), *OF_DESK.values()]
    rows = working_rows(keys, address_in_language(request), rights=rights_of(request))
    made = in_language(translation.get_language(), file.parts(rows, columns))
    name = file_name(f"internal-contains-drafts-initiatives-{timezone.localdate()}.{suffix}")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = () if request.method == "HEAD" else made
    return StreamingHttpResponse(body, content_type=file.CONTENT_TYPE, headers=headers)
