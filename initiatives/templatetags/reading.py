"""The record in the reader's words: texts, dates, amounts, statuses. Nothing here asks a query."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from babel import Locale
from babel.numbers import format_percent
from django import template
from django.db.models import Model
from django.template import RequestContext
from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext, pgettext_lazy
from modeltranslation.utils import get_language

from initiatives.choices import IN_LANGUAGE, AmountKind, Delivered
from initiatives.lifecycle import Status, label_of
from initiatives.models import Citation, Funding, Initiative
from initiatives.partial_dates import PartialDate
from initiatives.rules import Finding
from initiatives.text.plain_text import web_address
from initiatives.timeline import (
    amount_in_words,
    date_in_words,
    funding_in_words,
    place_in_words,
    told,
)
from initiatives.translatable import Translatable

register = template.Library()
register.filter(web_address)
register.filter(place_in_words)

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)

# One outline for each status in a square of 16: they differ without colour, also in print.
_DISC = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z"
_RING = _DISC + "M8 2.7a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7Z"
_CHECK = "M6.9 11.4 3.8 8.3 5 7.1l1.9 1.9 4.2-4.3 1.2 1.2Z"
_IN_PART = _RING + _CHECK  # an empty disc
SHAPES = {
    Status.PLANNED: _RING,
    Status.AGREED: _RING + "M8 4.4a3.6 3.6 0 0 0 0 7.2Z",
    Status.IN_PROGRESS: _RING + "M6.4 4.9v6.2L11.5 8Z",
    Status.IMPLEMENTED: _DISC + _CHECK,
    Status.SUSPENDED: _DISC + "M5.3 4.9v6.2h1.9V4.9ZM8.8 4.9v6.2h1.9V4.9Z",
    Status.CANCELLED: _DISC
    + "M5.5 4.3 4.3 5.5 6.8 8l-2.5 2.5 1.2 1.2L8 9.2l2.5 2.5 1.2-1.2L9.2 8l2.5-2.5-1.2-1.2L8 6.8Z",
}


class Texture(NamedTuple):
    """What fills the bars of a status, in a square of 8 that is repeated: `lines`, or all of it."""

    lines: str = ""
    is_thick: bool = False
    is_full: bool = False


TEXTURES = {
    Status.PLANNED: Texture(),
    Status.AGREED: Texture("M-2 2 2-2M0 8 8 0M6 10 10 6"),
    Status.IN_PROGRESS: Texture("M-2 6 2 10M-2-2 10 10M6-2 10 2", is_thick=True),
    Status.IMPLEMENTED: Texture(is_full=True),
    Status.SUSPENDED: Texture("M2 0V8", is_thick=True),
    Status.CANCELLED: Texture("M0 0 8 8M8 0 0 8"),
}


@register.simple_tag
def text(record: Model, name: str, most_words: int | None = None) -> str:
    """The line of text `name` of `record` in the reader's language, its first words at most.

    Where it is missing, the next language of the fallback order stands in, marked with `lang` and
    with a label that the reader sees. An empty text gives nothing. Whatever direction its letters
    have, they do not turn what stands around them.
    """
    words, language = told(record, name)
    if not words:
        return ""
    if most_words is not None:
        words = Truncator(words).words(most_words)
    if language == get_language():
        return format_html("<bdi>{}</bdi>", words)
    return format_html('<bdi lang="{}">{}</bdi> {}', language, words, in_language(language))


@register.filter
def whole_title(record: Model) -> str:
    """The title as it stands, for where it is cut in sight; see `.clamp` in briefing.css."""
    return told(record, "title")[0]


@register.simple_tag
def prose(record: Model, name: str) -> str:
    """Like `text`, for text of several paragraphs: an HTML block with the label before it."""
    words, language = told(record, name)
    if not words:
        return ""
    paragraphs = linebreaks_filter(words)
    if language == get_language():
        return format_html('<div dir="auto">{}</div>', paragraphs)
    opened = '{}<div dir="auto" lang="{}">{}</div>'
    return format_html(opened, in_language(language), language, paragraphs)


@register.filter
def in_language(language: str) -> str:
    """A label beside a text that is not in the reader's language."""
    return format_html('<span class="in-language">({})</span>', IN_LANGUAGE[language])


@register.filter
def language_name(code: str) -> str:
    """The name of a language by its ISO 639 code, in the reader's language; else the code."""
    return Locale.parse(get_language()).languages.get(code.lower(), code)


@register.simple_tag
def quoted(citation: Any) -> str:
    """The words of the source, each line of `quote` a passage of its own, in their language."""
    tag = language_tag(citation.source.language)
    language = format_html(' lang="{}"', tag) if tag else ""
    passages = (line.strip() for line in citation.quote.splitlines())
    rows = ((language, passage) for passage in passages if passage)
    return format_html_join(" ", '<q{} dir="auto">{}</q>', rows)


@register.filter
def language_tag(code: str) -> str:
    """`code` if it may stand in a `lang` attribute (BCP 47), else nothing."""
    return code if _LANGUAGE_TAG.fullmatch(code) else ""


@register.filter
def partial_date(value: PartialDate | date | datetime | None, unknown: str = "") -> str:
    """A PartialDate, day or moment in the reader's words; `unknown` is said where there is none.

    Only an exact day becomes a `<time>` element, because a machine would read "2027" as a day.
    """
    if value is None or value == "":
        return unknown and format_html('<span class="unknown">{}</span>', unknown)
    value = _as_partial(value)
    if not value.is_exact:
        return format_html('<span class="date">{}</span>', date_in_words(value))
    return format_html(
        '<time class="date" datetime="{}">{}</time>', value.first.isoformat(), date_in_words(value)
    )


@register.filter
def plain_date(value: PartialDate | date | datetime) -> str:
    """The same words without an element, for a mail of plain text."""
    return date_in_words(_as_partial(value))


@register.filter
def finding_in_words(finding: Finding) -> str:
    """The sentence of a flag, its dates in the reader's words."""
    return finding.sentence(date_in_words)


@register.simple_tag
def date_of(initiative: Initiative, name: str) -> str:
    """A date of the record, or what is known about its absence: that the sources were checked and
    do not state it is said only where somebody recorded that.
    """
    is_checked = initiative.not_in_sources[name]
    unknown = gettext("not stated in the source") if is_checked else gettext("not recorded")
    return partial_date(getattr(initiative, name), unknown)


def _as_partial(value: PartialDate | date | datetime) -> PartialDate:
    if isinstance(value, datetime):
        return PartialDate(timezone.localdate(value))
    return PartialDate(value) if isinstance(value, date) else value


@register.filter
def money(funding: Funding) -> str:
    """The amount of a Funding in its own currency, never converted; undisclosed is not zero."""
    if funding.amount_kind == AmountKind.UNDISCLOSED:
        return pgettext("amount", "undisclosed")
    return funding_in_words(funding)


@register.filter
def budget_amount(budget: Any) -> str:
    return amount_in_words(budget.amount, budget.currency)


@register.filter
def percent(value: int) -> str:
    """A share of 100 as the reader writes it: 43%, or 43 % in Russian."""
    pattern = Locale.parse(get_language()).percent_formats[None].pattern
    exact = pattern.replace("#,##0", "#,##0.##")
    return format_percent(Decimal(value) / 100, exact, locale=get_language())


# Russian gives the status of one initiative the gender of that word, and that of many none.
_SEVERAL = {
    Status.PLANNED: pgettext_lazy("status of several", "Planned"),
    Status.AGREED: pgettext_lazy("status of several", "Agreed"),
    Status.IN_PROGRESS: pgettext_lazy("status of several", "In progress"),
    Status.IMPLEMENTED: pgettext_lazy("status of several", "Implemented"),
    Status.SUSPENDED: pgettext_lazy("status of several", "Suspended"),
    Status.CANCELLED: pgettext_lazy("status of several", "Cancelled"),
}


@register.filter
def of_several(status: str) -> Translatable:
    """The name of a status beside a count or above a column, where no one initiative is meant."""
    return _SEVERAL[Status(status)]


@register.inclusion_tag("partials/status_badge.html")
def status_badge(status: str, delivered: str = "") -> dict[str, Any]:
    """The name of a status with its shape; the colour only repeats what both say.

    `delivered` says of what is implemented whether it was delivered in full or in part.
    """
    shape = status_shape(status, delivered)
    return {"status": status, "label": label_of(status, delivered), "shape": shape}


@register.simple_tag
def status_shape(status: str, delivered: str = "") -> str:
    """The outline of a status, as the path of an SVG in a square of 16."""
    in_part = status == Status.IMPLEMENTED and delivered == Delivered.PART
    return _IN_PART if in_part else SHAPES[Status(status)]


@register.filter
def texture(status: str) -> Texture:
    """The filling of the bars of a status, which tells them apart without colour."""
    return TEXTURES[Status(status)]


@register.filter
def full_status(initiative: Initiative) -> Translatable:
    """The status of a record in words, with how much was delivered."""
    return label_of(initiative.status, initiative.delivered)


@register.inclusion_tag("partials/cited.html", takes_context=True)
def cited(context: RequestContext, claim: Any) -> dict[str, list[tuple[int, Citation]]]:
    """The places in the sources that carry `claim`, numbered as in the list of sources."""
    numbers = context["evidence"].numbers
    citations = claim.citations.all() if claim.pk else ()
    return {"citations": [(numbers[citation.source_id], citation) for citation in citations]}
