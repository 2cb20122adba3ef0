"""By how much promised dates moved, in the reader's words."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.choices import Direction
from initiatives.editions.index.slips import SlipTotals
from initiatives.models import Initiative
from initiatives.notation import (
    earlier_in_words,
    late_in_words,
    later_in_words,
    months_in_words,
    span_of_months,
)
from initiatives.public.slipped import SlippedDate
from initiatives.timeline import stands_in_words

register = template.Library()
register.filter(late_in_words)
register.filter(months_in_words)
register.simple_tag(span_of_months)
register.filter(stands_in_words)


@register.simple_tag
def slipped_title(years: list[int]) -> str:
    """The heading of what slipped in these years, or in all."""
    if not years:
        return _("What slipped, by how much, and why")
    told = ", ".join(map(str, sorted(years)))
    return _("What slipped in %(years)s, by how much, and why") % {"years": told}


@register.simple_tag
def slipped_sentence(totals: SlipTotals) -> str:
    """For example “87 promised dates moved later in 64 initiatives. Half of them by 9 months or
    more.”"""
    if not totals.later:
        return _("No promised date moved later.")
    dates = ngettext(
        "%(number)s promised date moved later",
        "%(number)s promised dates moved later",
        totals.later,
    )
    initiatives = ngettext(
        "in %(number)s initiative", "in %(number)s initiatives", totals.initiatives
    )
    told = {
        "dates": format_html("<strong>{}</strong>", dates % {"number": totals.later}),
        "initiatives": initiatives % {"number": totals.initiatives},
    }
    sentence = format_html(_("{dates} {initiatives}."), **told)
    return format_html("{} {}", sentence, _half(totals)) if totals.later > 1 else sentence


def _half(totals: SlipTotals) -> str:
    if not totals.median:
        return _("Half of them by less than a month.")
    return _("Half of them by %(time)s or more.") % {"time": months_in_words(totals.median)}


@register.simple_tag
def moved_by(date: SlippedDate) -> str:
    """“2 years later”, “1 month earlier”, or that no new date was named."""
    match date.direction:
        case Direction.TAKEN_BACK:
            return _("taken back, no new date")
        case Direction.EARLIER:
            return earlier_in_words(date.months)
    return later_in_words(date.months)


@register.simple_tag
def late_step(initiative: Initiative, number: int) -> str:
    """By how much the milestone `number` is late; empty if it is not."""
    months = initiative.stands.late.get(number)
    return "" if months is None else late_in_words(months)
