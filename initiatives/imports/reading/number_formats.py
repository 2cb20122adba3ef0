"""What the format of a cell says of the number in it: a date, a percentage, money."""

import re
from dataclasses import dataclass

from initiatives.imports.reading.excel_dates import Shown, shown_by, shows_time
from initiatives.notation.currencies import currencies_of
from initiatives.notation.scales import scale_of
from initiatives.notation.signs import plain_signs

_PERCENTS = (9, 10)  # ECMA-376 part 1, 18.8.30: 0% and 0.00%
_TEXT = 49  # @
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.S)
_WORDS = re.compile(r'\[\$([^\]-]*)[^\]]*\]|"([^"]*)"|\\(.)|([$€£¥₽₸₺₴₩₹])')
# The dollar sign of a format is that of the country for which the spreadsheet was made.
_DOLLARS = frozenset("USD CAD AUD NZD SGD HKD TWD MXN".split())
_UNQUOTED = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]', re.S)
_LETTERS = re.compile(r"[^\W\d_]+")
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?])")  # each comma leaves three digits unshown
_LONGEST = 1_000  # characters of a format that are looked at


@dataclass(frozen=True)
class NumberFormat:
    """`shown` is what it shows of a date, if it is one of dates, and `has_time` whether it shows
    the time of the day as well. `currencies` are those that its
    sign may mean: several have the dollar sign. `is_text` is one that shows what was typed.
    `word` is “million” or the like where it stands behind a number that is not in millions, and
    `power` what it means."""

    shown: Shown | None = None
    has_time: bool = False
    is_percent: bool = False
    is_text: bool = False
    currencies: frozenset[str] = frozenset()
    word: str = ""
    power: int = 0


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
    signs = _LITERAL.sub("", code)
    unshown = 3 * sum(map(len, _THOUSANDS.findall(signs)))
    word, power = scale_in(_UNQUOTED.sub(lambda one: one[1] or one[2] or " ", code), unshown)
    return NumberFormat(
        is_percent="%" in signs, currencies=currencies_in(*words), word=word, power=power
    )


def scale_in(text: str, unshown: int) -> tuple[str, int]:
    """The word of `text` that multiplies, and its power of ten; none where the number leaves as
    many digits `unshown`."""
    for word in _LETTERS.findall(text):
        power = scale_of(word.casefold())
        if power is not None:
            return ("", 0) if power == unshown else (word, power)
    return "", 0


def currencies_in(*words: str) -> frozenset[str]:
    """The currencies of which these words may speak, by code, by name or by sign."""
    found: set[str] = set()
    for word in filter(None, map(plain_signs, words)):
        found |= _DOLLARS if word == "$" else set(currencies_of(word))
    return frozenset(found)
