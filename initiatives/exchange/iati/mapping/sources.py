"""Documents of an activity as sources."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from initiatives.choices import SourceKind
from initiatives.exchange.iati.mapping.mapped import NewSource
from initiatives.exchange.iati.mapping.words import line, ours_or_any
from initiatives.exchange.iati.reading import Activity, Document
from initiatives.plain_text import clean_line

_MULTILATERAL = "40"
_AGREED = {"A09", "B13"}
_LONGEST_URL = 1000
_check = URLValidator(["http", "https"])


def sources(activity: Activity, unmapped) -> tuple[NewSource, ...]:
    """One for each address; `unmapped` counts the documents that have none on the web."""
    found = {}
    for document in activity.documents:
        if url := _address(document.url):
            found.setdefault(url, _source(document, url, activity))
        else:
            unmapped["document-link/@url (not of the web)"] += 1
    return tuple(found.values())


def publisher(activity: Activity) -> NewSource:
    """The activities of a publisher as the source of the statuses that they give."""
    name = _publisher(activity) or activity.reporting.ref
    return NewSource(
        slug=f"iati-{_mark(activity.reporting.ref or name)}",
        title=f"IATI activities: {name}"[:300],
        url="",
        kind=_kind_of(activity.reporting.type),
        publisher=name,
    )


def _publisher(activity: Activity) -> str:
    return next(iter(line(ours_or_any(activity.reporting.names), 200).values()), "")


def _address(url: str) -> str:
    """As a browser would send it; nothing if it is none of the web."""
    url = clean_line(url).replace(" ", "%20")
    try:
        _check(url)
    except ValidationError:
        return ""
    return url if len(url) <= _LONGEST_URL else ""


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _source(document: Document, url: str, activity: Activity) -> NewSource:
    title = next(iter(line(ours_or_any(document.titles), 300).values()), url[:300])
    return NewSource(
        slug=f"{slugify(title)[:60].strip('-') or 'document'}-{_mark(url)}",
        title=title,
        url=url,
        kind=_kind(document, activity.reporting.type),
        publisher=_publisher(activity),
        language=next((code for code in document.languages if len(code) == 2), ""),
        published=document.day,
    )


def _kind(document: Document, type_of_publisher: str) -> str:
    if _AGREED & set(document.categories):
        return SourceKind.PROTOCOL.value
    return _kind_of(type_of_publisher)


def _kind_of(type_of_publisher: str) -> str:
    is_bank = type_of_publisher == _MULTILATERAL
    return (SourceKind.BANK if is_bank else SourceKind.OFFICIAL).value
