"""Documents of an activity as sources."""

import hashlib

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from initiatives.choices import SourceKind
from initiatives.exchange.iati.codes import names
from initiatives.exchange.iati.mapping.known import Known
from initiatives.exchange.iati.mapping.mapped import NewSource
from initiatives.exchange.iati.mapping.notes import Notes
from initiatives.exchange.iati.mapping.words import first_line
from initiatives.exchange.iati.reading import Activity, Document
from initiatives.text.plain_text import clean_line

_MULTILATERAL = "40"
_AGREED = {"A09", "B13"}
_LONGEST_URL, _LONGEST_TITLE, _LONGEST_PUBLISHER = 1000, 300, 200
_check = URLValidator(["http", "https"])


def sources(activity: Activity, known: Known, notes: Notes) -> tuple[NewSource, ...]:
    """One for each address; what cannot be a source is left, and told."""
    found: dict[str, NewSource] = {}
    for document in activity.documents:
        url = _address(document.url)
        if not url or url in found:
            if url:
                notes.add(_("Addresses given for several documents:"), url)
            document.leave()
            continue
        found[url] = _source(document, url, activity, known, notes)
    return tuple(found.values())


def publisher(activity: Activity) -> NewSource:
    """The activities of a publisher as the source of the statuses that they give."""
    name = publisher_of(activity) or activity.reporting.ref[:_LONGEST_PUBLISHER]
    return NewSource(
        slug=f"iati-{_mark(activity.reporting.ref or name)}",
        title=f"IATI activities: {name}",
        url="",
        kind=_kind_of(activity),
        publisher=name,
    )


def publisher_of(activity: Activity) -> str:
    """Its name; nothing if that is longer than it may be, which is told as what is left."""
    return first_line(activity.reporting.names, _LONGEST_PUBLISHER)[0]


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


def _source(
    document: Document, url: str, activity: Activity, known: Known, notes: Notes
) -> NewSource:
    title, language = _title(document, url, known)
    made = NewSource(
        slug=f"{slugify(title or url)[:60].strip('-') or 'document'}-{_mark(url)}",
        title=title or url[:_LONGEST_TITLE],
        url=url,
        kind=_kind(document, activity),
        publisher=publisher_of(activity),
        language=next((code for code in document.languages if code in names("Language")), ""),
        published=document.day,
    )
    known.titles.setdefault(url, made.title)
    if made.language and made.language == document.languages[0]:
        document.take_language()
    if language and language != made.language:
        told = f"{language}: {url}"
        notes.add(_("Titles in another language than their document, which is kept:"), told)
    return made


def _title(document: Document, url: str, known: Known) -> tuple[str, str]:
    """The title and its language. Of a document that is stored the title stays, and another one
    is left."""
    stored = known.titles.get(url)
    if stored is not None and stored not in map(clean_line, document.titles.values()):
        return stored, ""
    return first_line(document.titles, _LONGEST_TITLE)


def _kind(document: Document, activity: Activity) -> str:
    if _AGREED & set(document.categories):
        return SourceKind.PROTOCOL.value
    return _kind_of(activity)


def _kind_of(activity: Activity) -> str:
    is_bank = activity.reporting.type == _MULTILATERAL
    if is_bank:
        activity.reporting.take_type()
    return (SourceKind.BANK if is_bank else SourceKind.OFFICIAL).value
