"""How many changes of each kind became known on a day, in the reader's words."""

from collections.abc import Mapping

from django import template
from django.utils.translation import ngettext

from initiatives.editions.index import EntryKind

register = template.Library()


@register.filter
def in_numbers(numbers: Mapping[EntryKind, int]) -> str:
    """For example “23 initiatives added, 12 new statuses”."""
    return ", ".join(_in_words(kind, number) for kind, number in numbers.items())


def _in_words(kind: EntryKind, number: int) -> str:
    match kind:
        case EntryKind.NEW:
            words = ngettext("%(n)s initiative added", "%(n)s initiatives added", number)
        case EntryKind.STATUS:
            words = ngettext("%(n)s new status", "%(n)s new statuses", number)
        case EntryKind.DATE_MOVED:
            words = ngettext("%(n)s date moved", "%(n)s dates moved", number)
        case EntryKind.MONEY:
            words = ngettext("%(n)s new amount", "%(n)s new amounts", number)
        case EntryKind.MILESTONE:
            words = ngettext("%(n)s milestone reached", "%(n)s milestones reached", number)
    return words % {"n": number}
