"""What the format of a cell says of the number in it: a date, a percentage, money."""

import re
from dataclasses import dataclass

from initiatives.exchange.reading.excel_dates import Shown, shown_by, shows_time
from initiatives.notation.currencies import currencies_of
from initiatives.notation.signs import plain_signs

_PERCENTS = (9, 10)  # ECMA-376 part 1, 18.8.30: 0% and 0.00%
_TEXT = 49  # @
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.S)
_WORDS = re.compile(r'\[\$([^\]-]*)[^\]]*\]|"([^"]*)"|\\(.)|([$€£¥₽₸₺₴₩₹])')
# The dollar sign of a format is that of the country for which the spreadsheet was made.
_DOLLARS = frozenset("USD CAD AUD NZD SGD HKD TWD MXN".split())
_LONGEST = 1_000  # characters of a format that are looked at


@dataclass(frozen=True)
class NumberFormat:
    """`shown` is what it shows of a date, if it is one of dates, and `has_time` whether it shows
    the time of the day as well. `currencies` are those that its
    sign may mean: several have the dollar sign. `is_text` is one that shows what was typed."""

    shown: Shown | None = None
    has_time: bool = False
    is_percent: bool = False
    is_text: bool = False
    currencies: frozenset[str] = frozenset()


PLAIN = NumberFormat()


def number_format(number: int, code: str | None) -> NumberFormat:
    """What the format of SpreadsheetML with this number or code says."""
    shown = shown_by(number, code)
    if shown is not None:
        return NumberFormat(shown, has_time=shows_time(number, code))
    if code is None:
        return NumberFormat(is_percent=number in _PERCENTS, is_text=number == _TEXT)
    code = code[:_LONGEST].split(";")[0]
    if code.strip() == "@":
        return NumberFormat(is_text=True)
    words = (one for found in _WORDS.findall(code) for one in found)
    return NumberFormat(is_percent="%" in _LITERAL.sub("", code), currencies=currencies_in(*words))


def currencies_in(*words: str) -> frozenset[str]:
    """The currencies of which these words may speak, by code, by name or by sign."""
    found: set[str] = set()
    for word in filter(None, map(plain_signs, words)):
        found |= _DOLLARS if word == "$" else set(currencies_of(word))
    return frozenset(found)
