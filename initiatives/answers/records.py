"""A single initiative as machines are told of it, at every address that tells of one."""

import re
from datetime import date

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.answers.problems import Problem
from initiatives.as_of import end_of
from initiatives.exchange import record_file, rows
from initiatives.models import Initiative
from initiatives.relatives import relatives_of

CODE = re.compile(r"CI-\d{4}-\d{4,8}", re.ASCII | re.IGNORECASE)
UNPREFIXED = "en"  # the language of addresses in a file that was asked for without one


def public_record(code: str, on: date | None):
    """The queryset of one published initiative, which the public could see on the day `on`.

    Raises Problem: 410 with the public reason if it was withdrawn, else 404.
    """
    asked = Initiative.objects.published().filter(code=code)
    if not asked.exists():
        raise _gone_or_unknown(code)
    if on and not asked.known_at(end_of(on)).exists():
        raise Problem(404, _("The public could not see this initiative on that day."))
    return asked


def told(asked, address_of, on: date | None) -> dict:
    """The object of the record that `public_record` gave, as it was known on the day `on`."""
    row = next(rows.described(asked.for_detail(), address_of, on=on), None)
    if row is None:  # it went while we were looking
        raise unknown()
    relatives = relatives_of(row, at=on and end_of(on))
    return record_file.as_record(
        row,
        parent=relatives.parent and relatives.parent.code,
        children=[part.code for part in relatives.parts],
    )


def unknown() -> Problem:
    return Problem(404, _("There is no such initiative."))


def _gone_or_unknown(code) -> Problem:
    withdrawn = Initiative.objects.withdrawn().exclude(embargo_until__gt=timezone.now())
    gone = withdrawn.filter(code=code).first()
    if gone is None:
        return unknown()
    return Problem(410, gone.withdrawn_reason or _("No reason was given."))


def address_in_language(request):
    """A function that gives the address of an initiative's page in the language of `request`.

    A file without a language in its address names English pages, whoever reads it.
    """
    return lambda initiative: absolute(request, "initiatives:detail", initiative.code)


def absolute(request, name, *values) -> str:
    """The absolute address of the page `name`, in the language of `request`."""
    language = translation.get_language_from_path(request.path_info) or UNPREFIXED
    with translation.override(language):
        path = reverse(name, args=values)
    return request.build_absolute_uri(path)


def moved(request, path: str) -> HttpResponsePermanentRedirect:
    """301 to `path` with the query string that was asked with: nothing of it is dropped."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
