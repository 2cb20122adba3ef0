"""Days and months that are written in figures alone."""

import re
from collections.abc import Iterator
from datetime import date

from initiatives.partial_dates import FIRST_YEAR, PartialDate, Precision

_DAY = re.compile(r"([0-9]{1,4})(?P<sign> ?[./-] ?)([0-9]{1,2})(?P=sign)([0-9]{1,4})")
_MONTH = re.compile(
    r"([0-9]{4})(?: ?[/-] ?([0-9]{1,2})|\.([0-9]{2}))|([0-9]{1,2}) ?[./-] ?([0-9]{4})"
)
_CENTURIES = (2000, 1900)
Order = tuple[int, int, int]


def days_of(text: str) -> list[PartialDate] | None:
    """The dates that figures between points, slashes or dashes may mean; None for another text.

    A year of two figures may be of two centuries, and may stand first or last.
    """
    if found := _MONTH.fullmatch(text):
        year, *months, last_year = found.groups()
        return list(_months(year or last_year, next(filter(None, months))))
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    orders = _orders(found[1], found[3], found[4], with_points="." in found["sign"])
    return list(dict.fromkeys(_real(orders)))


def _orders(first: str, second: str, third: str, *, with_points: bool) -> Iterator[Order]:
    """(year, month, day) in each order that somebody may mean."""
    one, two, three = int(first), int(second), int(third)
    if len(first) == 4 and len(third) <= 2:
        yield one, two, three
    elif len(third) == 4 and len(first) <= 2:
        yield three, two, one
        if not with_points:
            yield three, one, two
    elif len(first) <= 2 and len(third) == 2:
        for century in _CENTURIES:
            yield century + three, two, one
            if not with_points:
                yield century + three, one, two
        if len(first) == 2:
            yield _CENTURIES[0] + one, two, three


def _real(orders: Iterator[Order]) -> Iterator[PartialDate]:
    for year, month, day in orders:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if year >= FIRST_YEAR:
            yield PartialDate(found)


def _months(year: str, month: str) -> Iterator[PartialDate]:
    """05/2027 and 2027/05."""
    if int(year) >= FIRST_YEAR and 1 <= int(month) <= 12:
        yield PartialDate(date(int(year), int(month), 1), Precision.MONTH)
