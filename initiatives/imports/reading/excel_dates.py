"""Spreadsheets keep dates as numbers of days; only the format of the cell tells that it is one."""

import re
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from initiatives.partial_dates import PartialDate, Precision


class Shown(Enum):
    """What a format shows of a date."""

    DAY = Precision.DAY
    MONTH = Precision.MONTH
    YEAR = Precision.YEAR
    TIME = None


# ECMA-376 part 1, 18.8.30: formats that every spreadsheet knows without their being written down.
_KNOWN = {
    **dict.fromkeys([*range(14, 17), 22, *range(27, 37), *range(50, 59)], Shown.DAY),
    17: Shown.MONTH,
    **dict.fromkeys([*range(18, 22), *range(45, 48)], Shown.TIME),
}
_WITH_TIME = (22,)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I | re.S)
_FIRST_1900, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NOT_A_DAY = 60  # 29 February 1900, which Lotus 1-2-3 had and Excel keeps


def shown_by(number: int, code: str | None) -> Shown | None:
    """What the format with this number or code shows of a date; None if it is for numbers."""
    if code is None:
        return _KNOWN.get(number)
    letters = _letters(code)
    if "d" in letters:
        return Shown.DAY
    if "y" in letters:
        return Shown.MONTH if "m" in letters else Shown.YEAR
    if letters & set("hs") and "general" not in code.lower():
        return Shown.TIME
    return Shown.MONTH if "m" in letters else None


def shows_time(number: int, code: str | None) -> bool:
    """Whether a format of dates shows hours or seconds beside the day."""
    return number in _WITH_TIME if code is None else bool(_letters(code) & set("hs"))


def _letters(code: str) -> set[str]:
    return set(_LITERAL.sub("", code[:1000]).split(";")[0].lower())


def partial_date(days: Decimal, shown: Shown, *, since_1904: bool) -> PartialDate:
    """The date of a number of days, as exact as its cell shows it. ValueError if there is none.

    Whoever types 2027-05 gets the first of May in a cell that says “May 27”: the month was meant.
    """
    if not 1 <= days < 2_958_466 or shown is Shown.TIME:
        raise ValueError(f"{days} is no day")
    whole = int(days)
    if since_1904:
        first = _FIRST_1904 + timedelta(whole)
    elif whole == _NOT_A_DAY:
        raise ValueError("1900 had no 29 February")
    else:
        first = _FIRST_1900 + timedelta(whole + (whole < _NOT_A_DAY))
    return as_shown(first, shown)


def as_shown(day: date, shown: Shown) -> PartialDate:
    """The date of a cell that holds `day` and shows a part of it."""
    if shown is Shown.DAY:
        return PartialDate(day)
    month = day.month if shown is Shown.MONTH else 1
    return PartialDate(day.replace(month=month, day=1), shown.value)
