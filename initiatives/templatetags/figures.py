"""Totals in the reader's format, and addresses that follow from two records."""

from decimal import Decimal
from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from initiatives import totals
from initiatives.models import Country, Initiative
from initiatives.timeline import amount_in_words
from initiatives.totals import Total

register = template.Library()

SHOWN = 2  # totals of a card or cell; the page of the record has all lines


class Amounts(NamedTuple):
    """The first totals of a record, and how many there are besides."""

    shown: list[totals.Total]
    more: int


@register.simple_tag
def amounts_of(initiative: Initiative) -> Amounts:
    """What a card or cell says of the money of a record, from rows that were fetched with it."""
    found = totals.of_lines(initiative.funding.all())
    return Amounts(found[:SHOWN], len(found[SHOWN:]))


@register.filter
def total_in_words(total: Total) -> str:
    """A `Total` with what is not in its sum: undisclosed is not zero."""
    if not total.rows:
        return pgettext("amount", "undisclosed")
    words = sum_in_words(total)
    if not total.undisclosed:
        return words
    others = ngettext(
        "and %(counter)s undisclosed amount",
        "and %(counter)s undisclosed amounts",
        total.undisclosed,
    )
    return f"{words} {others % {'counter': total.undisclosed}}"


@register.filter
def sum_in_words(total: Total) -> str:
    """A `Total`: one amount, an upper limit, or the range that its uncertain amounts leave."""
    if total.low == total.high:
        words = amount_in_words(total.low, total.currency)
    elif not total.low:
        amount = amount_in_words(total.high, total.currency)
        words = pgettext("amount", "up to %(amount)s") % {"amount": amount}
    else:
        words = amount_in_words(total.low, total.currency, up_to=total.high)
    return pgettext("amount", "about %(amount)s") % {"amount": words} if total.about else words


@register.simple_tag
def pair_address(one: Country, other: Country) -> str:
    """The address of the page of two countries, whose order does not matter."""
    codes = sorted((one.iso2.lower(), other.iso2.lower()))
    return reverse("initiatives:pair", args=codes)


@register.simple_tag
def given_back(amount: Decimal, total: Total) -> str:
    """What of a total is below zero, in words; `amount` of it is, as a number above zero."""
    if total.high == -amount:
        return _("given back or corrected")
    words = {"amount": amount_in_words(amount, total.currency)}
    return _("of this %(amount)s was given back or corrected") % words
