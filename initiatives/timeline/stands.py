"""How a record stands, in the words of its first line on pages, cards and in tables."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.editions.stands import Stands
from initiatives.notation import date_in_words, late_in_words, later_than_promised_in_words


class StandsPart(NamedTuple):
    """A part of the line; `is_late` if it tells of something that is not as it was promised."""

    words: str
    is_late: bool


def stands_in_words(stands: Stands) -> list[StandsPart]:
    """What stands behind the status, for example “5 years later than promised”, “2 of 4 milestones
    late” and “next: Q2 2027”; nothing of what is not known."""
    parts = []
    if stands.months_late is not None:
        parts.append(StandsPart(late_in_words(stands.months_late), True))
    if stands.months_later is not None:
        parts.append(StandsPart(later_than_promised_in_words(stands.months_later), True))
    if stands.late:
        parts.append(StandsPart(_late_steps(len(stands.late), stands.steps), True))
    if stands.next is not None:
        parts.append(StandsPart(_("next: %(date)s") % {"date": date_in_words(stands.next)}, False))
    return parts


def _late_steps(late: int, total: int) -> str:
    said = ngettext(
        "%(late)s of %(total)s milestone late", "%(late)s of %(total)s milestones late", total
    )
    return said % {"late": late, "total": total}
