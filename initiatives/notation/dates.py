"""Dates as people write them, in the four languages."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.notation.date_words import WORDS, Meaning, Word
from initiatives.notation.day_forms import days_of
from initiatives.notation.refusals import SHOWN, NotRead, several
from initiatives.notation.signs import plain_signs
from initiatives.partial_dates import FIRST_YEAR, PartialDate, Precision

DATE_FORMS = gettext_lazy("2027, 2027-H1, 2027-Q3, 2027-05 or 2027-05-14")
_LONGEST = 80  # characters
# The zero of spreadsheets (LibreOffice, Excel) and of Unix, and the ends of calendars of databases.
_NO_DATE = frozenset(
    map(
        date.fromisoformat,
        ("1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01", "1753-01-01", "9999-12-31"),
    )
)
_TIME = re.compile(
    r"(?P<day>.*\d)(?:t| )(?P<hours>\d{1,2}):(?P<rest>\d\d(?::\d\d(?:[.,]\d{1,9})?)?)"
    r"(?: ?(?P<half>[ap]m))?(?: ?(?:z|utc|[+-]\d\d:?\d\d))?"
)
_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(?:z|[+-]\d\d:\d\d)")
_TWO_YEARS = re.compile(r"([12]\d{3})[/.](\d\d)")
_FLOAT_YEAR = re.compile(r"([1-9]\d{3})[.,]0{1,9}")
_TOKENS = re.compile(
    r"[qh][1-4](?![^\W_])|[1-4][qh](?![^\W\d_])|[0-9]+|[^\W\d_]+(?:'[^\W\d_]+)*|\S"
)
_BETWEEN = ".,-/'"


def read_date(text: str) -> PartialDate:
    """The date that `text` means, as exact as it is written. Raises NotRead.

    Days with points are day, month, year. Of days with slashes or dashes that begin with two small
    numbers only those are read that are in the calendar in one order.
    """
    found = _read(text)
    if stands_for_none(found):
        message = _(
            "Programs write “%(text)s” where no date is known. Leave the date empty, or write the"
            " month alone if it is meant."
        )
        raise NotRead(message % {"text": text.strip()[:SHOWN]})
    return found


def stands_for_none(day: PartialDate) -> bool:
    """Whether `day` is one that programs write where there is no date."""
    return day.is_exact and day.first in _NO_DATE


def _read(text: str) -> PartialDate:
    plain = _roman(plain_signs(text))
    if not plain or len(plain) > _LONGEST:
        raise _not_a_date(text)
    plain = _without_time(text, plain)
    if found := _FLOAT_YEAR.fullmatch(plain):
        plain = found[1]
    try:
        return PartialDate.parse(plain)
    except ValueError:
        pass
    if (years := _TWO_YEARS.fullmatch(plain)) and int(years[2]) == (int(years[1]) + 1) % 100:
        both = f"{years[1]}–{int(years[1]) + 1}"
        month = f"{years[1]}-{years[2]}"
        raise several(text.strip(), [(month, month), (both, years[1])])
    numbers = re.sub(r" ?-?(?:г|г\.|год|года|ж|ж\.|y\.)$", "", plain)
    if (days := days_of(numbers)) is not None:
        return _one_of(text, days)
    return _of_words(text, plain)


def _one_of(text: str, days: list[PartialDate]) -> PartialDate:
    if not days:
        told = {"value": text.strip()[:SHOWN], "forms": DATE_FORMS}
        raise NotRead(_("“%(value)s” is not in the calendar. Write %(forms)s.") % told)
    if len(days) > 1:
        raise several(text.strip(), [(str(day), str(day)) for day in days])
    return days[0]


def _without_time(text: str, plain: str) -> str:
    """A day at midnight is the day; another time of the day cannot be kept."""
    if zoned := _ZONE.fullmatch(plain):
        return zoned[1]
    found = _TIME.fullmatch(plain)
    if found is None:
        return plain
    hours = int(found["hours"]) - (12 if found["half"] == "am" and found["hours"] == "12" else 0)
    if hours or found["half"] == "pm" or found["rest"].strip("0:.,"):
        message = _("“%(text)s” has a time of the day. Write the day alone.")
        raise NotRead(message % {"text": text.strip()[:SHOWN]})
    return found["day"].strip()


def _roman(plain: str) -> str:
    """The signs Ⅰ to Ⅳ, and the Cyrillic letter, as Latin letters where they are numbers."""
    letters = "".join(
        unicodedata.normalize("NFKC", one) if "ⅰ" <= one <= "ⅳ" else one for one in plain
    )
    return re.sub(r"\b(?:[iі]{1,3}|[iі]v)\b", lambda found: found[0].replace("і", "i"), letters)


def _of_words(text: str, plain: str) -> PartialDate:
    found = _Words(text)
    tokens = _TOKENS.findall(plain)
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        found.take(token, before, after)
    return found.date()


class _Words:
    """The parts of one date, gathered word by word."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._years: list[int] = []
        self._numbers: list[int] = []
        self._parts: dict[Meaning, list[int]] = {meaning: [] for meaning in Meaning}

    def take(self, token: str, before: str, after: str) -> None:
        if token.isdecimal():
            numbers = self._years if len(token) == 4 else self._numbers
            if len(token) not in (1, 2, 4):
                raise _not_a_date(self._text)
            numbers.append(int(token))
        elif token in _BETWEEN and not _spans(token, before, after):
            return
        elif (word := self._word(token, before)) is None:
            raise _not_a_date(self._text)
        else:
            self._parts[word.meaning].append(word.number)

    def _word(self, token: str, before: str) -> Word | None:
        word = WORDS.get(token)
        if word and word.meaning is Meaning.ENDING:
            return word if before.isdecimal() or before == "-" else None
        return word

    def date(self) -> PartialDate:
        months, quarters, halves = (
            self._parts[meaning] for meaning in (Meaning.MONTH, Meaning.QUARTER, Meaning.HALF)
        )
        if len(months) + len(quarters) + len(halves) > 1 or len(self._years) > 1:
            raise _not_a_date(self._text)
        if not self._years:
            raise self._no_year(months)
        year = self._years[0]
        if year < FIRST_YEAR:
            raise _not_a_date(self._text)
        if months:
            return self._in_month(year, months[0])
        if quarters or halves:
            return self._in_part(year, (quarters or halves)[0], 4 if quarters else 2)
        if self._numbers or self._parts[Meaning.ORDINAL]:
            raise _not_a_date(self._text)
        return PartialDate(date(year, 1, 1), Precision.YEAR)

    def _in_month(self, year: int, month: int) -> PartialDate:
        if not self._numbers and not self._parts[Meaning.ORDINAL]:
            return PartialDate(date(year, month, 1), Precision.MONTH)
        if len(self._numbers) > 1 or self._parts[Meaning.ORDINAL]:
            raise _not_a_date(self._text)
        try:
            return PartialDate(date(year, month, self._numbers[0]))
        except ValueError:
            return _one_of(self._text, [])

    def _in_part(self, year: int, number: int, parts: int) -> PartialDate:
        """A quarter or a half-year: its number stands in the word (Q3) or beside it."""
        numbers = [number] if number else []
        numbers += self._numbers + self._parts[Meaning.ORDINAL]
        if len(numbers) != 1 or not 1 <= numbers[0] <= parts:
            raise _not_a_date(self._text)
        months = 12 // parts
        precision = Precision.QUARTER if parts == 4 else Precision.HALF
        return PartialDate(date(year, (numbers[0] - 1) * months + 1, 1), precision)

    def _no_year(self, months: list[int]) -> NotRead:
        """Two figures may be the year of two centuries; then both are named."""
        if len(months) == 1 and len(self._numbers) == 2 and not self._parts[Meaning.ORDINAL]:
            day, short = self._numbers
            days = days_of(f"{day}.{months[0]}.{short:02}") or []
            if len(days) > 1:
                return several(self._text.strip(), [(str(day), str(day)) for day in days])
        told = {"value": self._text.strip()[:SHOWN], "forms": DATE_FORMS}
        if any(self._parts.values()) or self._numbers:
            return NotRead(_("“%(value)s” has no year of four figures. Write %(forms)s.") % told)
        return _not_a_date(self._text)


def _spans(token: str, before: str, after: str) -> bool:
    """Whether a dash stands at an end, or between figures, where it would mean a span."""
    figures = before.isdecimal() and after.isdecimal()
    return token in "-/" and (figures or not before or not after)


def _not_a_date(text: str) -> NotRead:
    told = {"value": text.strip()[:SHOWN], "forms": DATE_FORMS}
    return NotRead(_("“%(value)s” is not a date. Write %(forms)s.") % told)
