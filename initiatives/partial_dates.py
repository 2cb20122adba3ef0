"""Dates that are known to the day, month, quarter, half-year or year, and never better.

The text form follows ISO 8601 and EDTF where they have one (`2027`, `2027-05`, `2027-05-14`);
quarters and half-years are written `2027-Q3` and `2027-H1`, because the EDTF codes for them
(33–36, 40–41) mean nothing to a reader.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

FIRST_YEAR, LAST_YEAR = 1000, 9999


class Precision(StrEnum):
    """How exactly a date is known, from the most to the least exact."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}
_TEXT = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})(?:-(?P<day>\d{2}))?|Q(?P<quarter>[1-4])|H(?P<half>[12])))?",
    re.ASCII | re.IGNORECASE,
)
_TYPED_DAY = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A span of days of which one is meant: `first` is the first possible day.

    Order is by first possible day; of two that begin together the more exact comes first.
    """

    first: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        object.__setattr__(self, "precision", Precision(self.precision))
        if self.first != _start(self.first, self.precision):
            raise ValueError(f"{self.first} does not begin a {self.precision}")

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read the text form. Raises ValueError for anything else, with the accepted forms."""
        match = _TEXT.fullmatch(_from_typed(text.strip()))
        if match is None:
            raise ValueError(f"“{text.strip()[:40]}” is not a date. Write {FORMS}.")
        year, part = int(match["year"]), match
        if year < FIRST_YEAR:
            raise ValueError(f"The year {match['year']} is before {FIRST_YEAR}.")
        if part["day"]:
            return cls(_real_day(year, int(part["month"]), int(part["day"]), text))
        if part["month"]:
            return cls(_real_day(year, int(part["month"]), 1, text), Precision.MONTH)
        if part["quarter"]:
            return cls(date(year, int(part["quarter"]) * 3 - 2, 1), Precision.QUARTER)
        if part["half"]:
            return cls(date(year, int(part["half"]) * 6 - 5, 1), Precision.HALF)
        return cls(date(year, 1, 1), Precision.YEAR)

    @classmethod
    def from_span(cls, first: date, last: date) -> "PartialDate":
        """The partial date that covers exactly `first` to `last`; ValueError if none does."""
        for precision in Precision:
            if first == _start(first, precision) and last == _end(first, precision):
                return cls(first, precision)
        raise ValueError(f"{first}/{last} is not a day, month, quarter, half-year or year")

    @property
    def last(self) -> date:
        """The last possible day."""
        return _end(self.first, self.precision)

    @property
    def is_exact(self) -> bool:
        return self.precision is Precision.DAY

    def __str__(self) -> str:
        year, month = f"{self.first.year:04}", self.first.month
        match self.precision:
            case Precision.DAY:
                return self.first.isoformat()
            case Precision.MONTH:
                return f"{year}-{month:02}"
            case Precision.QUARTER:
                return f"{year}-Q{(month + 2) // 3}"
            case Precision.HALF:
                return f"{year}-H{1 if month == 1 else 2}"
        return year

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)


FORMS = "2027, 2027-H1, 2027-Q3, 2027-05 or 2027-05-14"


def _start(day: date, precision: Precision) -> date:
    if precision is Precision.DAY:
        return day
    months = _MONTHS[precision]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _end(first: date, precision: Precision) -> date:
    if precision is Precision.DAY:
        return first
    month = first.month + _MONTHS[precision] - 1
    return date(first.year, month, calendar.monthrange(first.year, month)[1])


def _real_day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"“{text.strip()}” is not in the calendar. Write {FORMS}.") from error


def _from_typed(text: str) -> str:
    """Officers type 14.05.2027 and 05.2027; both are unambiguous in all four languages."""
    match = _TYPED_DAY.fullmatch(text)
    if match is None:
        return text
    day, month, year = match.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
