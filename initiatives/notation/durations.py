"""Whole months in the reader's words: by how much a promised date moved, and how late it is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_YEAR = 12


def months_in_words(months: int) -> str:
    """For example “1 year 2 months”."""
    years, rest = divmod(months, _YEAR)
    parts = []
    if years:
        parts.append(ngettext("%(number)s year", "%(number)s years", years) % {"number": years})
    if rest or not years:
        parts.append(ngettext("%(number)s month", "%(number)s months", rest) % {"number": rest})
    return " ".join(parts)


def later_in_words(months: int) -> str:
    """By how much a date moved to a later one."""
    if not months:
        return _("less than a month later")
    return _("%(time)s later") % {"time": months_in_words(months)}


def later_than_promised_in_words(months: int) -> str:
    """By how much what is promised now is later than what was promised first."""
    if not months:
        return _("less than a month later than promised")
    return _("%(time)s later than promised") % {"time": months_in_words(months)}


def earlier_in_words(months: int) -> str:
    """By how much a date moved to an earlier one."""
    if not months:
        return _("less than a month earlier")
    return _("%(time)s earlier") % {"time": months_in_words(months)}


def late_in_words(months: int) -> str:
    """How long ago the last possible day passed."""
    if not months:
        return _("late by less than a month")
    return _("late by %(time)s") % {"time": months_in_words(months)}


def span_of_months(low: int, high: int | None) -> str:
    """“4–6”, or “over 24” where there is no end."""
    return _("over %(months)s") % {"months": low} if high is None else f"{low}–{high}"
