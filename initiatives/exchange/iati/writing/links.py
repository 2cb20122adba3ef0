"""What an activity points to: documents, and itself and others under other identifiers."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from lxml.etree import _Element

from initiatives.choices import SourceKind
from initiatives.exchange.iati.codes import names
from initiatives.exchange.iati.writing.narratives import part
from initiatives.models import Initiative, Source
from initiatives.text.plain_text import clean, web_address

_WEB_PAGE = "text/html"
_FORMATS = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
# The list has no “other”: what was agreed, a page about the activity, or what it is for.
_AGREED, _PAGE, _PURPOSE = "A09", "A12", "A02"
_CATEGORIES: dict[str, str] = {
    SourceKind.TREATY: _AGREED,
    SourceKind.PROTOCOL: _AGREED,
    SourceKind.OFFICIAL: _PAGE,
    SourceKind.COMPANY: _PAGE,
    SourceKind.MEDIA: _PAGE,
}
_KEPT = "%/:=&?~+!$,;'@()*"
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_OTHER_ACTIVITY = "A9"
_PARENT, _CHILD, _THIRD_PARTY = "1", "2", "5"


def write_documents(activity: _Element, row: Initiative) -> list[str]:
    """Add the public sources to `activity`; those that have no address, in words."""
    left_out = []
    for source in _sources(row):
        address = anyuri(source.url)
        if address:
            _document(activity, source, address)
        else:
            told = {"title": clean(source.title)}
            left_out.append(_("The source “%(title)s” has no web address.") % told)
    return left_out


def _document(activity: _Element, source: Source, address: str) -> None:
    made = part(activity, "document-link", url=address, format=_format(address))
    language = source.language if source.language in names("Language") else ""
    part(made, "title", {language: clean(source.title)})
    part(made, "category", code=_category(source.kind))
    if language:
        part(made, "language", code=language)
    if source.published and source.published.is_exact:
        part(made, "document-date", iso_date=source.published)


def _format(address: str) -> str:
    ending = urlsplit(address).path.rpartition(".")[2].lower()
    return _FORMATS.get(ending, _WEB_PAGE)


def _category(kind: str) -> str:
    return _CATEGORIES.get(kind, _PURPOSE)


def _sources(row: Initiative) -> list:
    return list({citation.source_id: citation.source for citation in _citations(row)}.values())


def _citations(row: Initiative) -> Iterator:
    claims: list[Any] = [row, *row.status_changes.all(), *row.milestones.all(), *row.funding.all()]
    for claim in claims:
        if claim.pk is not None:  # one that was brought back from the past has no citations
            yield from claim.citations.all()


def anyuri(url: str) -> str:
    """`url` with everything escaped that the type anyURI of the schema refuses, or nothing."""
    if not web_address(url):
        return ""
    scheme, _sep, rest = clean(url).partition("://")
    host = re.split(r"[/?#]", rest, maxsplit=1)[0]
    before, mark, fragment = rest[len(host) :].partition("#")
    escaped = quote(host, safe=f"{_KEPT}[]") + quote(before, safe=_KEPT)
    return _STRAY.sub("%25", f"{scheme}://{escaped}{mark}{quote(fragment, safe=_KEPT)}")


def write_other_identifiers(activity: _Element, row: Initiative) -> None:
    for one in row.external_ids.all():
        made = part(activity, "other-identifier", ref=one.value, type=_OTHER_ACTIVITY)
        part(made, "owner-org", {"": clean(one.scheme)})


def write_related(activity: _Element, row: Initiative, identifier_of: Callable[..., Any]) -> None:
    """What it is part of, its parts, and reports of others on the same activity."""
    parent = getattr(row, "public_parent", None)
    if parent:
        part(activity, "related-activity", ref=identifier_of(parent.code), type=_PARENT)
    for child in getattr(row, "public_children", ()):
        part(activity, "related-activity", ref=identifier_of(child.code), type=_CHILD)
    for one in row.external_ids.all():
        if one.scheme == "iati":
            part(activity, "related-activity", ref=one.value, type=_THIRD_PARTY)
