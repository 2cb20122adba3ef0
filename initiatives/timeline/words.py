"""Dates, amounts and translated texts as the reader of the moment reads them."""

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from modeltranslation.utils import build_localized_fieldname, get_language, resolution_order

from initiatives.choices import AmountKind
from initiatives.partial_dates import PartialDate, Precision


def told(row, field: str) -> tuple[str, str]:
    """The translated text `field` of `row` and its language: the reader's, or the first other.

    Both are empty where the text is given in no language.
    """
    for language in resolution_order(get_language()):
        text = getattr(row, build_localized_fieldname(field, language))
        if text:
            return text, language
    return "", ""


def date_in_words(date: PartialDate) -> str:
    """For example “14 May 2027”, “May 2027” or “first half of 2027”, by the habits of CLDR."""
    locale = Locale.parse(get_language())
    match date.precision:
        case Precision.DAY:
            return format_date(date.first, "long", locale=locale)
        case Precision.MONTH:
            return format_skeleton("yMMMM", date.first, locale=locale)
        case Precision.QUARTER:
            return format_skeleton("yQQQQ", date.first, locale=locale)
        case Precision.HALF:
            return _half(date)
    return str(date)


def _half(date):
    if date.first.month == 1:
        return _("first half of %(year)s") % {"year": date.first.year}
    return _("second half of %(year)s") % {"year": date.first.year}


def amount_in_words(funding) -> str:
    """For example “about USD 5,000,000”; the code of ISO 4217 stands for the currency."""
    kind = AmountKind(funding.amount_kind)
    if kind is AmountKind.UNDISCLOSED:
        return _("an undisclosed amount")
    amount = f"{funding.currency} {_number(funding.amount)}"
    if kind is AmountKind.ABOUT:
        return pgettext("amount", "about %(amount)s") % {"amount": amount}
    if kind is AmountKind.UP_TO:
        return pgettext("amount", "up to %(amount)s") % {"amount": amount}
    if kind is AmountKind.RANGE:
        return f"{amount}–{_number(funding.amount_max)}"
    return amount


def _number(amount):
    return format_decimal(amount, locale=Locale.parse(get_language()))
