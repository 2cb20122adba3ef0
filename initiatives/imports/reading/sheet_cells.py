"""What a cell of a spreadsheet says as the text of a column, or why it cannot be taken."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.exchange.cells import original
from initiatives.exchange.columns import DATES, PERCENTS, READABLE
from initiatives.imports.reading.amounts import with_decimals
from initiatives.imports.reading.excel_dates import Shown, as_shown, partial_date
from initiatives.imports.reading.number_formats import PLAIN, NumberFormat, currencies_in
from initiatives.imports.reading.shared_texts import SharedTexts
from initiatives.imports.reading.stored import Stored
from initiatives.notation.refusals import SHOWN
from initiatives.partial_dates import PartialDate

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1, 22.9.2.19
_NUMBER = re.compile(r"-?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,3})?", re.A)
_YEARS = range(1000, 10_000)
_HALF_A_SECOND = Decimal(1) / (2 * 24 * 60 * 60)
_DIGITS = 15  # that a spreadsheet keeps of a number
_DAY_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.A)


class NotTaken(ValueError):
    """The message names the cure."""


class Cells:
    """Reads the cells of one workbook; `formats` are those of its styles."""

    def __init__(
        self,
        formats: list[NumberFormat],
        shared: SharedTexts | None = None,
        *,
        since_1904: bool = False,
    ) -> None:
        self._formats, self._shared, self._since_1904 = formats, shared, since_1904

    def text(self, cell: Stored, column: str) -> str:
        if cell.formula and not cell.text and cell.type != "str":
            raise NotTaken(
                _(
                    "The cell has a formula whose value the file does not hold. Paste its value"
                    " (Paste special → Values)."
                )
            )
        match cell.type:
            case "s":
                return self._typed(cell, self._shared_text(cell.text))
            case "inlineStr" | "str":
                return self._typed(cell, unescaped(cell.text))
            case "text":
                return self._typed(cell, cell.text)
            case "e":
                raise NotTaken(_("The cell has the error %s. Write a value.") % cell.text[:20])
            case "b":
                raise NotTaken(_("The cell has TRUE or FALSE. Write a text."))
            case "d":
                return self._iso(cell, column)
            case "percentage":
                return _percent(cell.text, column)
        return self._number(cell, column)

    def currencies(self, cell: Stored) -> frozenset[str]:
        """Those that the cell may mean by what it shows beside its number."""
        return currencies_in(cell.currency) or self._format(cell).currencies

    def _format(self, cell: Stored) -> NumberFormat:
        return self._formats[cell.style] if cell.style < len(self._formats) else PLAIN

    def _typed(self, cell: Stored, text: str) -> str:
        """A CSV that was saved as a spreadsheet keeps the apostrophes of `cells.harmless`, in cells
        of no format; those that we write have the format of texts, and none of them."""
        if text[:1] != "'" or self._format(cell).is_text:
            return text
        return original(text)

    def _shared_text(self, text: str) -> str:
        number = int(text) if text.isdecimal() else -1
        return unescaped(self._shared.get(number)) if self._shared else ""

    def _iso(self, cell: Stored, column: str) -> str:
        shown = self._format(cell).shown or Shown.DAY
        if column not in DATES or not (day := _DAY_ISO.match(cell.text)) or shown is Shown.TIME:
            raise NotTaken(_typed_as_text())
        if self._format(cell).has_time and cell.text[len(day[0]) :].strip("T0:.,Z"):
            raise NotTaken(_has_time(cell.text))
        try:
            return str(as_shown(date.fromisoformat(day[0]), shown))
        except ValueError:
            raise NotTaken(_no_day(day[0])) from None

    def _number(self, cell: Stored, column: str) -> str:
        known = self._format(cell)
        if known.shown and column not in DATES:
            raise NotTaken(_typed_as_text())
        if known.shown:
            number = nearest(cell.text)
            day = str(self._day(number, known.shown))
            # Half a second: sums of hours end a little beside midnight.
            if known.has_time and _HALF_A_SECOND < number % 1 < 1 - _HALF_A_SECOND:
                raise NotTaken(_has_time(f"{day} {_clock(number)}"))
            return day
        if known.is_percent:
            return _percent(cell.text, column)
        number = exact(cell.text)
        if known.word and column in READABLE and READABLE[column].measure is not None:
            raise NotTaken(_shows_more(number, known))
        return self._year(number) if column in DATES else with_decimals(number, column)

    def _day(self, number: Decimal, shown: Shown) -> PartialDate:
        try:
            return partial_date(number, shown, since_1904=self._since_1904)
        except ValueError:
            raise NotTaken(_no_day(number)) from None

    def _year(self, number: Decimal) -> str:
        if number in _YEARS:
            return str(int(number))
        message = _(
            "%(number)s is a number and no date. If it is Excel's number of a day, that is %(day)s:"
            " give the cell a date format, or write the date as text."
        )
        raise NotTaken(message % {"number": number, "day": self._day(number, Shown.DAY)})


def _shows_more(number: Decimal, known: NumberFormat) -> str:
    message = _(
        "The cell shows “%(shown)s”, but the file holds %(number)s. Type the number in full, for"
        " example %(whole)s."
    )
    held, whole = (f"{one.normalize():f}" for one in (number, number.scaleb(known.power)))
    return message % {"shown": f"{held} {known.word}", "number": held, "whole": whole}


def _percent(text: str, column: str) -> str:
    """A spreadsheet keeps 33 % as 0.33."""
    if column not in PERCENTS:
        raise NotTaken(
            _("The spreadsheet made a percentage of what was typed. Format the cell as text.")
        )
    return with_decimals(nearest(text) * 100, column)


def _clock(number: Decimal) -> str:
    minutes = int(number % 1 * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _has_time(text: str) -> str:
    message = _("“%(text)s” has a time of the day. Write the day alone.")
    return message % {"text": text[:SHOWN]}


def _no_day(number: Decimal | str) -> str:
    return _("%s is the number of no day. Write the date as 2027-05-14.") % number


def nearest(text: str) -> Decimal:
    """The shortest number that names the same double as `text`: further digits are noise."""
    if not _NUMBER.fullmatch(text):
        raise NotTaken(_("“%s” is no number. Write it as text.") % text[:40])
    return Decimal(repr(float(text)))


def exact(text: str) -> Decimal:
    """The number that was typed, if a spreadsheet can have kept all of it."""
    number = nearest(text)
    digits = len(number.normalize().as_tuple().digits) if number.is_finite() else 99
    if digits > _DIGITS or abs(number) >= 10**_DIGITS:
        message = _("A spreadsheet keeps 15 digits of a number, and %s has more. Write it as text.")
        raise NotTaken(message % text[:40])
    return Decimal(f"{number:f}") if number else Decimal(0)


def unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _typed_as_text() -> str:
    return _("The spreadsheet made a date of what was typed. Format the cell as text, type again.")
