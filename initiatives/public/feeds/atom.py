"""Entries as an Atom document."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.demonstration import marked
from initiatives.public.subscriptions.contents import Contents
from initiatives.text.plain_text import clean, clean_line
from initiatives.timeline import TAG_YEAR, date_in_words, page_of, place_in_words, tag_uri
from initiatives.timeline.entry import Entry

if TYPE_CHECKING:
    from initiatives.models import Citation


BEGINNING = datetime(TAG_YEAR, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """RFC 4287 demands `updated`, also of a feed without entries: there it is `BEGINNING`.

    Django would take the moment of asking, with which no validator would ever match.
    """

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def write(contents: Contents, *, request: HttpRequest) -> bytes:
    """The document."""
    feed = Feed(
        title=clean_line(marked(contents.title)),
        link=request.build_absolute_uri(contents.page),
        description=None,
        language=get_language(),
        author_name=marked(_("Cooperation tracker")),
        author_link=request.build_absolute_uri(reverse("initiatives:home")),
        feed_url=request.build_absolute_uri(),
        feed_guid=tag_uri(f"feed/{contents.key}"),
    )
    for entry in contents.entries:
        feed.add_item(**_item(entry, request))
    return feed.writeString("utf-8").encode()


def _item(entry: Entry, request: HttpRequest) -> dict[str, Any]:
    return {
        "title": clean_line(_title(entry)),
        "link": request.build_absolute_uri(page_of(entry)),
        "unique_id": entry.uid,
        "pubdate": entry.at,
        "updateddate": entry.at,
        "description": clean(_summary(entry)),
        "categories": [str(entry.kind)],
    }


def _title(entry: Entry) -> str:
    if entry.initiative is None:
        return entry.title
    return f"{entry.initiative.title or entry.initiative.code}: {entry.title}"


def _summary(entry: Entry) -> str:
    """HTML: when it took place, what is said about it, and on what evidence."""
    day = _("date not stated") if entry.on is None else date_in_words(entry.on)
    body = mark_safe(linebreaks(entry.body, autoescape=True))
    told = format_html('<div lang="{}">{}</div>', entry.language, body) if entry.body else ""
    sources = format_html_join("", "<li>{}</li>", ((_source(one),) for one in entry.citations))
    listed = format_html("<ul>{}</ul>", sources) if sources else ""
    return format_html("<p>{}</p>{}{}", day, told, listed)


def _source(citation: "Citation") -> str:
    source, place = citation.source, place_in_words(citation.locator)
    words = f"{source.title}, {place}" if place else source.title
    if not source.url.startswith(("https://", "http://")):
        return words
    return format_html('<a href="{}">{}</a>', source.url, words)
