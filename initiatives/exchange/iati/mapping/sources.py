"""Documents of an activity as sources."""

import hashlib

from django.utils.text import slugify

from initiatives.choices import SourceKind
from initiatives.exchange.iati.mapping.mapped import NewSource
from initiatives.exchange.iati.mapping.words import line, ours_or_any
from initiatives.exchange.iati.reading import Activity, Document
from initiatives.plain_text import web_address

_MULTILATERAL = "40"
_AGREED = {"A09", "B13"}
_LONGEST_URL = 1000


def sources(activity: Activity, unmapped) -> tuple[NewSource, ...]:
    """One for each address; `unmapped` counts the documents that have none on the web."""
    publisher = next(iter(line(ours_or_any(activity.reporting.names), 200).values()), "")
    found = {}
    for document in activity.documents:
        if web_address(document.url) and len(document.url) <= _LONGEST_URL:
            found.setdefault(document.url, _source(document, publisher, activity.reporting.type))
        else:
            unmapped["document-link[not(starts-with(@url, 'http'))]"] += 1
    return tuple(found.values())


def _source(document: Document, publisher: str, type_of_publisher: str) -> NewSource:
    title = next(iter(line(ours_or_any(document.titles), 300).values()), document.url[:300])
    mark = hashlib.sha256(document.url.encode()).hexdigest()[:10]
    return NewSource(
        slug=f"{slugify(title)[:60].strip('-') or 'document'}-{mark}",
        title=title,
        url=document.url,
        kind=_kind(document, type_of_publisher),
        publisher=publisher,
        language=next((code for code in document.languages if len(code) == 2), ""),
        published=document.day,
    )


def _kind(document: Document, type_of_publisher: str) -> str:
    if _AGREED & set(document.categories):
        return SourceKind.PROTOCOL.value
    is_bank = type_of_publisher == _MULTILATERAL
    return (SourceKind.BANK if is_bank else SourceKind.OFFICIAL).value
