"""The list of initiatives and single ones as files, under the query string of the page.

The whole of a list is in CSV, XLSX and IATI's XML, whatever page of it was asked for; JSON comes in
pages.
"""

from functools import partial

from django.http import HttpResponse, HttpResponsePermanentRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.answers import caching
from initiatives.answers.problems import Problem
from initiatives.answers.streams import in_language
from initiatives.exchange import csv_file, json_file, record_file, rows, xlsx_file
from initiatives.exchange.iati import writing
from initiatives.models import Initiative
from initiatives.time_machine import end_of
from initiatives.views.asked import AskedList, known_on
from initiatives.views.detail import CODE
from initiatives.views.relatives import around, relatives_of, was_public

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


class ListAsIati(MachineView):
    """All rows of the list as activities; those that cannot be told stand there as comments."""

    def get(self, request):
        asked = AskedList(request.GET)
        fresh = caching.freshness(request, asked.initiatives, *writing.depends_on())
        asked.refuse_page_past_end(fresh.count)
        made = partial(_activities, request, asked.initiatives, asked.known_on)
        return caching.answer(request, fresh, made)


class RecordAsJson(MachineView):
    """One initiative; 410 with the public reason if it was withdrawn, 404 if it is not public.

    `as_of` tells what was known on a day; 404 if that was nothing.
    """

    def get(self, request, code):
        if not CODE.fullmatch(code):
            raise _unknown()
        if code != code.upper():
            right = reverse(request.resolver_match.view_name, args=[code.upper()])
            return HttpResponsePermanentRedirect(right)
        on = known_on(request.GET)
        asked = Initiative.objects.published().filter(code=code)
        row = asked.only("published_at", "created_at", "embargo_until").first()
        if row is None:
            raise _gone_or_unknown(code)
        if on and not was_public(row, end_of(on)):
            raise Problem(404, _("The public could not see this initiative on that day."))
        fresh = caching.freshness(request, around(code), *self.depends_on())
        return caching.answer(request, fresh, lambda: self._record(asked, on))

    def depends_on(self):
        """What else the answer is made of, beside the records."""
        return ()

    def _record(self, asked, on):
        address_of = address_in_language(self.request)
        row = next(rows.described(asked.for_detail(), address_of, on=on), None)
        if row is None:  # it went while we were looking
            raise _unknown()
        relatives = relatives_of(row, at=on and end_of(on))
        told = record_file.as_record(
            row,
            parent=relatives.parent and relatives.parent.code,
            children=[part.code for part in relatives.parts],
        )
        return HttpResponse(json_file.text(told), json_file.CONTENT_TYPE)


class RecordAsIati(RecordAsJson):
    """One initiative as a file with one activity, or with the comment why there is none."""

    def depends_on(self):
        return writing.depends_on()

    def _record(self, asked, on):
        return _activities(self.request, asked, on)


def _activities(request, initiatives, on):
    shown = writing.fetched(initiatives, address_in_language(request), on=on)
    vocabulary = request.build_absolute_uri(_in_language(request, "initiatives:sectors"))
    file = writing.parts(
        shown, today=on or timezone.localdate(), now=timezone.now(), vocabulary=vocabulary
    )
    body = () if request.method == "HEAD" else in_language(translation.get_language(), file)
    return StreamingHttpResponse(body, content_type=writing.CONTENT_TYPE)


def _unknown() -> Problem:
    return Problem(404, _("There is no such initiative."))


def _gone_or_unknown(code) -> Problem:
    withdrawn = Initiative.objects.withdrawn().exclude(embargo_until__gt=timezone.now())
    gone = withdrawn.filter(code=code).first()
    if gone is None:
        return _unknown()
    return Problem(410, gone.withdrawn_reason or _("No reason was given."))


def address_in_language(request):
    """A function that gives the address of an initiative's page in the language of `request`.

    A file without a language in its address names English pages, whoever reads it.
    """
    return lambda initiative: request.build_absolute_uri(
        _in_language(request, "initiatives:detail", initiative.code)
    )


def _in_language(request, name, *values):
    language = translation.get_language_from_path(request.path_info) or UNPREFIXED
    with translation.override(language):
        return reverse(name, args=values)
