"""Dates, amounts and translated texts as the reader of the moment reads them."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import format_decimal
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from modeltranslation.utils import build_localized_fieldname, get_language, resolution_order

from initiatives.choices import AmountKind
from initiatives.notation import grouped, has_one_reading, with_currency

_PARAGRAPHS = re.compile(r"P\d+(\s*,\s*P\d+)*", re.ASCII)
_NUMBER = re.compile(r"\d+", re.ASCII)
_LONGEST = 30  # digits; longer ones are no amounts of anybody


def told(row: Model, field: str) -> tuple[str, str]:
    """The translated text `field` of `row` and its language: the reader's, or the first other.

    Both are empty where the text is given in no language.
    """
    for column, language in _columns(field, get_language()):
        text = getattr(row, column)
        if text:
            return text, language
    return "", ""


@cache
def _columns(field: str, language: str) -> list[tuple[str, str]]:
    """The columns of a text with their languages, that of the reader first."""
    return [(build_localized_fieldname(field, one), one) for one in resolution_order(language)]


def place_in_words(locator: str) -> str:
    """“P3, P10” as “paragraphs 3 and 10”; any other place in a source as it is written."""
    if not _PARAGRAPHS.fullmatch(locator):
        return locator
    *numbers, last = _NUMBER.findall(locator)
    if not numbers:
        return _("paragraph %(number)s") % {"number": last}
    between = pgettext("between the numbers of paragraphs", ", ")
    return _("paragraphs %(numbers)s and %(last)s") % {
        "numbers": between.join(numbers),
        "last": last,
    }


def funding_in_words(funding: Any) -> str:
    """For example “about USD 5,000,000”: never converted, and undisclosed is not zero."""
    kind = AmountKind(funding.amount_kind)
    if kind is AmountKind.UNDISCLOSED:
        return _("an undisclosed amount")
    words = amount_in_words(funding.amount, funding.currency, up_to=funding.amount_max)
    if kind is AmountKind.ABOUT:
        return pgettext("amount", "about %(amount)s") % {"amount": words}
    if kind is AmountKind.UP_TO:
        return pgettext("amount", "up to %(amount)s") % {"amount": words}
    return words


def amount_in_words(low: Decimal, currency: str, *, up_to: Decimal | None = None) -> str:
    """“USD 5,000,000,000” or a span of two amounts, with the currency where the reader has it."""
    digits = _digits(low) if up_to is None else f"{_digits(low)} – {_digits(up_to)}"
    return with_currency(digits, currency, get_language())


def _digits(number: Decimal) -> str:
    return grouped(number, get_language())


def number_in_words(number: Decimal) -> str:
    """All digits that the number has, and none that it has not, so that it has one reading."""
    if not number.is_finite() or number.adjusted() > _LONGEST:
        return str(number)
    exact = number.normalize() if number % 1 else number.to_integral_value()
    words = format_decimal(exact, "#,##0.#", locale=get_language(), decimal_quantization=False)
    return words if has_one_reading(words) else grouped(number, get_language())
