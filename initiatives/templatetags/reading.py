"""The record in the reader's words: texts, dates, amounts, statuses. Nothing here asks a query."""

import re
from datetime import date, datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from modeltranslation.utils import get_language, resolution_order

from initiatives.choices import AmountKind
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate, Precision
from initiatives.plain_text import web_address

register = template.Library()
register.filter(web_address)

IN_LANGUAGE = {
    "en": gettext_lazy("in English"),
    "ru": gettext_lazy("in Russian"),
    "uz": gettext_lazy("in Uzbek"),
    "kk": gettext_lazy("in Kazakh"),
}

# Patterns of Unicode TR 35 part 4. They are CLDR's words in the order that official texts of each
# language use: CLDR itself leaves out "yil" (year) in Uzbek and writes Roman quarters in Kazakh
# with Ukrainian letters.
DATE_PATTERNS = {
    "en": ("d MMMM y", "MMMM y", "QQQ y", "y"),
    "ru": ("d MMMM y 'г'.", "LLLL y 'г'.", "QQQQ y 'г'.", "y 'г'."),
    "uz": ("y-'yil' d-MMMM", "y-'yil' MMMM", "y-'yil' QQQQ", "y-'yil'"),
    "kk": ("y 'ж'. d MMMM", "y 'ж'. MMMM", "y 'ж'. Q-'тоқсан'", "y 'ж'."),
}
_WITH_PATTERN = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)

# One outline for each status in a square of 16: they differ without colour, also in print.
_DISC = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z"
_RING = _DISC + "M8 2.7a5.3 5.3 0 1 1 0 10.6A5.3 5.3 0 0 1 8 2.7Z"
SHAPES = {
    Status.PLANNED: _RING,
    Status.AGREED: _RING + "M8 4.4a3.6 3.6 0 0 0 0 7.2Z",
    Status.IN_PROGRESS: _RING + "M6.4 4.9v6.2L11.5 8Z",
    Status.IMPLEMENTED: _DISC + "M6.9 11.4 3.8 8.3 5 7.1l1.9 1.9 4.2-4.3 1.2 1.2Z",
    Status.SUSPENDED: _DISC + "M5.3 4.9v6.2h1.9V4.9ZM8.8 4.9v6.2h1.9V4.9Z",
    Status.CANCELLED: _DISC
    + "M5.5 4.3 4.3 5.5 6.8 8l-2.5 2.5 1.2 1.2L8 9.2l2.5 2.5 1.2-1.2L9.2 8l2.5-2.5-1.2-1.2L8 6.8Z",
}


@register.simple_tag
def text(record, name):
    """The line of text `name` of `record` in the reader's language.

    Where it is missing, the next language of the fallback order stands in, marked with `lang` and
    with a label that the reader sees. An empty text gives nothing.
    """
    language, words = _words(record, name)
    if language == get_language():
        return words
    return format_html('<span lang="{}">{}</span> {}', language, words, _label(language))


@register.simple_tag
def prose(record, name):
    """Like `text`, for text of several paragraphs: an HTML block with the label before it."""
    language, words = _words(record, name)
    if not words:
        return ""
    paragraphs = linebreaks_filter(words)
    if language == get_language():
        return paragraphs
    return format_html('{}<div lang="{}">{}</div>', _label(language), language, paragraphs)


def _words(record, name):
    for language in resolution_order(get_language()):
        if words := getattr(record, f"{name}_{language}"):
            return language, words
    return get_language(), ""


def _label(language):
    return format_html('<span class="in-language">({})</span>', IN_LANGUAGE[language])


@register.filter
def language_name(code):
    """The name of a language by its ISO 639 code, in the reader's language; else the code."""
    return Locale.parse(get_language()).languages.get(code.lower(), code)


@register.filter
def language_tag(code):
    """`code` if it may stand in a `lang` attribute (BCP 47), else nothing."""
    return code if _LANGUAGE_TAG.fullmatch(code) else ""


@register.filter
def partial_date(value, unknown=""):
    """A PartialDate, day or moment in the reader's words; `unknown` is said where there is none.

    Only an exact day becomes a `<time>` element, because a machine would read "2027" as a day.
    """
    if value is None or value == "":
        return unknown and format_html('<span class="unknown">{}</span>', unknown)
    value = _as_partial(value)
    if not value.is_exact:
        return format_html('<span class="date">{}</span>', date_words(value))
    return format_html(
        '<time class="date" datetime="{}">{}</time>', value.first.isoformat(), date_words(value)
    )


def _as_partial(value):
    if isinstance(value, datetime):
        return PartialDate(timezone.localdate(value))
    return PartialDate(value) if isinstance(value, date) else value


def date_words(value: PartialDate) -> str:
    """For example "14 May 2027", "May 2027", "Q3 2027", "first half of 2027" or "2027"."""
    if value.precision is Precision.HALF:
        half = _("first half of %(year)s"), _("second half of %(year)s")
        return half[value.first.month > 6] % {"year": value.first.year}
    language = get_language()
    pattern = DATE_PATTERNS[language][_WITH_PATTERN.index(value.precision)]
    return format_date(value.first, pattern, locale=language)


@register.filter
def money(funding):
    """The amount of a Funding in its own currency, never converted; undisclosed is not zero."""
    if funding.amount_kind == AmountKind.UNDISCLOSED:
        return pgettext("amount", "undisclosed")
    words = amount(funding.amount, funding.currency, up_to=funding.amount_max)
    if funding.amount_kind == AmountKind.ABOUT:
        return pgettext("amount", "about %(amount)s") % {"amount": words}
    if funding.amount_kind == AmountKind.UP_TO:
        return pgettext("amount", "up to %(amount)s") % {"amount": words}
    return words


def amount(low: Decimal, currency: str, *, up_to: Decimal | None = None) -> str:
    """An amount (USD 5,000) or a span of two amounts, with the currency where the reader has it."""
    digits = _digits(low) if up_to is None else f"{_digits(low)} – {_digits(up_to)}"
    pattern = Locale.parse(get_language()).currency_formats["standard"].pattern
    return f"{currency} {digits}" if pattern.startswith("¤") else f"{digits} {currency}"


def _digits(number):
    whole = number == number.to_integral_value()
    return format_decimal(number, "#,##0" if whole else "#,##0.00#", locale=get_language())


@register.filter
def percent(value):
    """A share of 100 as the reader writes it: 43%, or 43 % in Russian."""
    pattern = Locale.parse(get_language()).percent_formats[None].pattern
    exact = pattern.replace("#,##0", "#,##0.##")
    return format_percent(Decimal(value) / 100, exact, locale=get_language())


@register.inclusion_tag("partials/status_badge.html")
def status_badge(status):
    """The name of a status with its shape; the colour only repeats what both say."""
    return {"status": status, "label": Status(status).label, "shape": SHAPES[Status(status)]}


@register.inclusion_tag("partials/cited.html", takes_context=True)
def cited(context, claim):
    """The places in the sources that carry `claim`, numbered as in the list of sources."""
    numbers = context["evidence"].numbers
    citations = claim.citations.all() if claim.pk else ()
    return {"citations": [(numbers[citation.source_id], citation) for citation in citations]}
