"""The list of initiatives and single ones as files, under the query string of the page.

The whole of a list is in CSV and XLSX, whatever page of it was asked for; JSON comes in pages.
"""

from django.db.models import Q
from django.http import HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.answers import caching
from initiatives.answers.problems import Problem
from initiatives.answers.streams import in_language
from initiatives.exchange import csv_file, json_file, record_file, rows, xlsx_file
from initiatives.models import Initiative
from initiatives.views.asked import AskedList
from initiatives.views.detail import CODE

UNPREFIXED = "en"  # the language of addresses in a file that was asked for without one


class MachineView(View):
    """Turns a `Problem` into the answer that tells of it."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Problem as problem:
            return problem.response(request)


class ListAsJson(MachineView):
    """One page of the list; `next` is the address of the page after it, or null."""

    def get(self, request):
        asked = AskedList(request.GET)
        fresh = caching.freshness(request, asked.initiatives)
        asked.refuse_page_past_end(fresh.count)
        return caching.answer(request, fresh, lambda: self._page(asked, fresh.count))

    def _page(self, asked, count):
        found = asked.initiatives.for_list().for_rules()[asked.first : asked.last]
        shown = rows.described(found, address_in_language(self.request), on=asked.known_on)
        following = asked.address_of_next(count)
        told = {
            "count": count,
            "next": following and self.request.build_absolute_uri(f"?{following}"),
            "results": [json_file.as_object(row) for row in shown],
        }
        return HttpResponse(json_file.text(told), json_file.CONTENT_TYPE)


class ListAsTable(MachineView):
    """All rows of the list, sent while they are read."""

    file = None  # a module of `exchange`
    suffix = ""
    most_rows = None

    def get(self, request):
        asked = AskedList(request.GET)
        chosen = asked.columns()
        fresh = caching.freshness(request, asked.initiatives)
        asked.refuse_page_past_end(fresh.count)
        if self.most_rows is not None and fresh.count > self.most_rows:
            raise Problem(400, _("This format holds fewer rows; choose CSV or narrow the list."))
        return caching.answer(request, fresh, lambda: self._file(asked, chosen))

    def _file(self, asked, chosen):
        address_of = address_in_language(self.request)
        shown = rows.described(rows.fetched(asked.initiatives), address_of, on=asked.known_on)
        made = in_language(translation.get_language(), self.file.parts(shown, chosen))
        # Nothing is read from the database before somebody reads from here; for HEAD nobody does.
        body = () if self.request.method == "HEAD" else made
        name = f"initiatives-{timezone.localdate()}.{self.suffix}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(body, content_type=self.file.CONTENT_TYPE, headers=headers)


class ListAsCsv(ListAsTable):
    file = csv_file
    suffix = "csv"


class ListAsXlsx(ListAsTable):
    file = xlsx_file
    suffix = "xlsx"
    most_rows = xlsx_file.MOST_ROWS


class RecordAsJson(MachineView):
    """One initiative; 410 with the public reason if it was withdrawn, 404 if it is not public."""

    def get(self, request, code):
        if not CODE.fullmatch(code):
            raise Problem(404, _("There is no such initiative."))
        if code != code.upper():
            right = reverse(request.resolver_match.view_name, args=[code.upper()])
            return HttpResponsePermanentRedirect(right)
        asked = Initiative.objects.published().filter(code=code)
        related = _public_relatives(code)
        fresh = caching.freshness(request, asked, *related)
        if not fresh.count:
            raise _gone_or_unknown(code)
        return caching.answer(request, fresh, lambda: self._record(asked, related))

    def _record(self, asked, related):
        row = next(rows.described(asked.for_detail(), address_in_language(self.request)), None)
        if row is None:  # it went while we were looking
            raise Problem(404, _("There is no such initiative."))
        told = record_file.as_record(row, parent=dict(related).get(row.parent_id))
        return HttpResponse(json_file.text(told), json_file.CONTENT_TYPE)


def _public_relatives(code) -> list[tuple[int, str]]:
    """Primary key and code of the initiative that this one is part of, and of its own parts."""
    relatives = Initiative.objects.filter(Q(parent__code=code) | Q(children__code=code)).published()
    return list(relatives.order_by("pk").values_list("pk", "code").distinct())


def _gone_or_unknown(code) -> Problem:
    withdrawn = Initiative.objects.withdrawn().exclude(embargo_until__gt=timezone.now())
    gone = withdrawn.filter(code=code).first()
    if gone is None:
        return Problem(404, _("There is no such initiative."))
    return Problem(410, gone.withdrawn_reason or _("No reason was given."))


def address_in_language(request):
    """A function that gives the address of an initiative's page in the language of `request`.

    A file without a language in its address names English pages, whoever reads it.
    """
    language = translation.get_language_from_path(request.path_info) or UNPREFIXED

    def address_of(initiative) -> str:
        with translation.override(language):
            path = reverse("initiatives:detail", args=[initiative.code])
        return request.build_absolute_uri(path)

    return address_of
