"""A single initiative as machines are told of it, at every address that tells of one."""

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from initiatives.as_of import as_edition, end_of
from initiatives.choices import EditionKind
from initiatives.editions.access import Access, Found, public_edition
from initiatives.editions.instances import withdrawn
from initiatives.exchange import record_file
from initiatives.http.problems import Problem
from initiatives.models.editions import Edition
from initiatives.partial_dates import PartialDate
from initiatives.timeline import date_in_words

if TYPE_CHECKING:
    from initiatives.models import Initiative


CODE = re.compile(r"CI-\d{4}-\d{4,8}", re.ASCII | re.IGNORECASE)
_ANY = "CI-0000-0000"  # stands for the code in an address that is made once for all records
UNPREFIXED = "en"  # the language of addresses in a file that was asked for without one


def public_record(code: str, on: date | None) -> Edition:
    """The edition that tells of an initiative now, or told of it at the end of the day `on`.

    Raises Problem: 410 with the public reason if it was withdrawn, else 404.
    """
    found = public_edition(EditionKind.INITIATIVE, code, at=None if on is None else end_of(on))
    if found.access is not Access.SHOWN:
        raise refusal(found)
    return found.known


def refusal(found: Found) -> Problem:
    """Why a record is not shown."""
    if found.access is Access.REDACTED:
        day = date_in_words(PartialDate(timezone.localdate(found.known.redacted_at)))
        return Problem(410, _("The text of this edition was taken out on %(day)s.") % {"day": day})
    if found.is_past:
        return Problem(404, _("The public could not see this initiative on that day."))
    if found.access is Access.WITHDRAWN:
        reason = withdrawn(found.known.key, found.reason).withdrawn_reason
        return Problem(410, reason or _("No reason was given."))
    return unknown()


def told(edition: Edition, address_of: Callable[..., Any], on: date | None) -> dict[str, Any]:
    """The object of the record that `public_record` gave for the day `on`."""
    return record_file.as_record(described(edition, address_of, on))


def described(edition: Edition, address_of: Callable[..., Any], on: date | None) -> "Initiative":
    """The same as an instance of the model, with the address of its page."""
    row = as_edition(edition, on=on)
    row.address = address_of(row)
    return row


def unknown() -> Problem:
    return Problem(404, _("There is no such initiative."))


def address_in_language(request: HttpRequest) -> Callable[..., Any]:
    """A function that gives the address of an initiative's page in the language of `request`.

    A file without a language in its address names English pages, whoever reads it.
    """
    before, after = absolute(request, "initiatives:detail", _ANY).split(_ANY)
    return lambda initiative: f"{before}{initiative.code}{after}"


def absolute(request: HttpRequest, name: str, *values: str) -> str:
    """The absolute address of the page `name`, in the language of `request`."""
    language = translation.get_language_from_path(request.path_info) or UNPREFIXED
    with translation.override(language):
        path = reverse(name, args=values)
    return request.build_absolute_uri(path)


def moved_to(request: HttpRequest, **named: str) -> HttpResponsePermanentRedirect:
    """The same to the view that answers `request`, whose address names these."""
    match = request.resolver_match
    assert match is not None, request.path  # a view has one
    return moved(request, reverse(match.view_name, kwargs=named))


def moved(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    """301 to `path` with the query string that was asked with: nothing of it is dropped."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
