"""Totals in the reader's format, and addresses that follow from two records."""

from django import template
from django.urls import reverse
from django.utils.translation import pgettext

from initiatives.timeline import amount_in_words

register = template.Library()


@register.filter
def sum_in_words(total):
    """An `overview.Total`: one amount, or the range that its uncertain amounts leave."""
    span = None if total.low == total.high else total.high
    words = amount_in_words(total.low, total.currency, up_to=span)
    return pgettext("amount", "about %(amount)s") % {"amount": words} if total.about else words


@register.simple_tag
def pair_address(one, other):
    """The address of the page of two countries, whose order does not matter."""
    codes = sorted((one.iso2.lower(), other.iso2.lower()))
    return reverse("initiatives:pair", args=codes)
