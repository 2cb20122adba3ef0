"""The dates of an activity.

IATI asks for a day and lets a narrative say what is really known (its schema: “2011Q1”). So the
day is the first possible one of a start and the last possible one of an end, and the narrative
tells the date as it is known.
"""

from datetime import date
from functools import cache

from django.utils.translation import gettext as _
from lxml.etree import _Element

from initiatives.exchange.iati.writing.narratives import part, said
from initiatives.models import Initiative
from initiatives.partial_dates import PartialDate

_STARTS = {"planned_start": "1", "actual_start": "2"}
_ENDS = {"planned_end": "3", "actual_end": "4"}


def starts(row: Initiative, today: date) -> list[tuple[str, date, PartialDate]]:
    """Type, day and date of the starts that may be told on the day `today`."""
    known = [(code, getattr(row, name)) for name, code in _STARTS.items()]
    told = [(code, value.first, value) for code, value in known if value is not None]
    return [start for start in told if start[0] == "1" or start[1] <= today]


def write(activity: _Element, row: Initiative, today: date) -> list[str]:
    """Add the dates to `activity`; what is left out of it, in words."""
    left_out = []
    begun = {code: day for code, day, _date in starts(row, today)}
    told = starts(row, today)
    for name, code in _ENDS.items():
        value = getattr(row, name)
        if value is None:
            continue
        last = value.last if code == "3" else min(value.last, today)
        if (code == "4" and value.first > today) or last < begun.get(_start_of(code), last):
            left_out.append(_("The end %(date)s contradicts the other dates.") % {"date": value})
        else:
            told.append((code, last, value))
    if row.actual_start is not None and "2" not in begun:
        left_out.append(
            _("The actual start %(date)s is in the future.") % {"date": row.actual_start}
        )
    for code, day, value in told:
        part(activity, "activity-date", _words(value, code in "12"), type=code, iso_date=day)
    return left_out


def _start_of(code: str) -> str:
    return {"3": "1", "4": "2"}[code]


@cache
def _words(value: PartialDate, is_start: bool) -> dict[str, str]:
    """Nothing of a date that is known to the day."""
    if value.is_exact:
        return {}
    told = {"date": value}
    if is_start:
        return said(lambda: _("%(date)s (first possible day)") % told)
    return said(lambda: _("%(date)s (last possible day)") % told)
