"""Amounts, percentages and rates: what may stand there, and how much of it is kept."""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from initiatives.notation.digits import readings
from initiatives.notation.exact import exact_text
from initiatives.notation.refusals import SHOWN, NotRead, several
from initiatives.notation.signs import plain_signs
from initiatives.notation.units import Units, units_of

_CENT = Decimal("0.01")
_LONGEST = 100  # characters
_BODY = re.compile(r"(?:(?<![^\W\d_])[.,])?[0-9](?:[ '.,]?[0-9])*")
_EXPONENT = re.compile(r" ?(?:[eе] ?[+-]?[0-9]+|[*x×хX·] ?10(?=[ *^+-]*[0-9⁰¹²³⁴-⁹⁻]))")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{2})?")  # has one reading, whatever is measured
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")


@dataclass(frozen=True)
class Measure:
    """`places` are the decimals that are kept, `limit` the size that is not reached, or the most
    that is possible where `limit_counts`. `money` may have a currency, `percent` a percent sign.
    """

    places: int
    limit: Decimal
    limit_counts: bool = False
    signed: bool = False
    money: bool = False
    percent: bool = False

    def holds(self, number: Decimal) -> bool:
        return number < self.limit or (self.limit_counts and number == self.limit)


AMOUNT = Measure(3, Decimal(9_000_000_000_000_000), signed=True, money=True)
PERCENT = Measure(2, Decimal(100), limit_counts=True, percent=True)
RATE = Measure(9, Decimal(1_000_000_000), money=True)


@dataclass(frozen=True)
class Number:
    """`value` as it is kept. `currencies` are the codes that a sign or a word beside the digits may
    mean. `note` says, in the reader's language, what was rounded, if anything was."""

    value: Decimal
    currencies: tuple[str, ...] = ()
    note: str = ""


def read_number(text: str, measure: Measure, *, point: bool = False) -> Number:
    """The number that `text` means, with the decimals that are kept. Raises NotRead.

    `point` says that the file writes decimal points, whatever else it is.
    """
    if _PLAIN.fullmatch(text) and measure.holds(number := Decimal(text)):
        return Number(number.quantize(_CENT))
    units, body = _parted(text, measure)
    _check_units(text, units, measure)
    scaled = [_signed(number, units) for number in readings(body, point=point)]
    if not scaled:
        raise _not_a_number(text, measure)
    possible = [number for number in scaled if measure.holds(abs(number))]
    if len(possible) > 1:
        raise several(text.strip(), [(_short(one), _written(one)) for one in possible])
    if not possible:
        raise _too_large(text, measure)
    return _kept(text, possible[0], units, measure)


def _signed(number: Decimal, units: Units) -> Decimal:
    scaled = number.scaleb(units.power)
    return -scaled if units.negative else scaled


def _parted(text: str, measure: Measure) -> tuple[Units, str]:
    """What stands around the digits, and the digits."""
    plain = plain_signs(text)
    if _OTHER_DIGITS.search(plain):
        message = _("“%(text)s” has digits of another script. Write them as 0–9.")
        raise NotRead(message % {"text": text.strip()[:SHOWN]})
    found = _BODY.search(plain)
    if found is None or len(plain) > _LONGEST:
        raise _not_a_number(text, measure)
    before, after = plain[: found.start()], plain[found.end() :]
    if _EXPONENT.match(after) and found[0] != "0":  # 0x10 is no power of ten
        message = _(
            "“%(text)s” has an exponent, so digits may be lost. Write all digits; in a spreadsheet,"
            " give the cell a number format without exponent first."
        )
        raise NotRead(message % {"text": text.strip()[:SHOWN]})
    if (before.strip()[-1:], after.strip()[:1]) == ("(", ")"):
        message = _("“%(text)s” is in brackets. Write a negative amount with a minus: −500.")
        raise NotRead(message % {"text": text.strip()[:SHOWN]})
    units = units_of(before, "" if after == "." else after)
    if units is None:
        raise _not_a_number(text, measure)
    return units, found[0]


def _check_units(text: str, units: Units, measure: Measure) -> None:
    told = {"text": text.strip()[:SHOWN]}
    if units.percent and not measure.percent:
        raise NotRead(_("“%(text)s” is a percentage, and an amount is expected here.") % told)
    if (units.currencies and not measure.money) or (units.power and measure.percent):
        raise NotRead(_("“%(text)s” is an amount, and a percentage is expected here.") % told)
    if units.negative and not measure.signed:
        raise NotRead(_("“%(text)s” is negative, which makes no sense here.") % told)


def _kept(text: str, number: Decimal, units: Units, measure: Measure) -> Number:
    kept = Number(_rounded(number, measure.places), units.currencies)
    if kept.value == number:
        return kept
    if not measure.holds(abs(kept.value)):
        raise _too_large(text, measure)
    if not kept.value and measure.money:
        message = _("“%(text)s” is too small: at most %(places)s decimals are kept.")
        raise NotRead(message % {"text": text.strip()[:SHOWN], "places": measure.places})
    told = {"text": text.strip()[:SHOWN], "kept": _short(kept.value), "places": measure.places}
    note = _("“%(text)s” is rounded to %(kept)s: at most %(places)s decimals are kept.") % told
    return replace(kept, note=note)


def _rounded(number: Decimal, places: int) -> Decimal:
    """With two decimals, or as many more as it needs and `places` allow."""
    exact = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return exact.quantize(_CENT) if _places(exact.normalize()) <= 2 else exact


def _not_a_number(text: str, measure: Measure) -> NotRead:
    told = {"value": text.strip()[:SHOWN]}
    if measure.percent:
        return NotRead(
            _("“%(value)s” is not a percentage. Write digits, for example 33.33.") % told
        )
    return NotRead(_("“%(value)s” is not an amount. Write digits, for example 5000000.50.") % told)


def _too_large(text: str, measure: Measure) -> NotRead:
    told = {"value": text.strip()[:SHOWN], "limit": f"{measure.limit:,}".replace(",", " ")}
    if measure.limit_counts:
        return NotRead(_("“%(value)s” is more than %(limit)s.") % told)
    return NotRead(_("“%(value)s” is too large; it has to be below %(limit)s.") % told)


def _short(number: Decimal) -> str:
    """Without zeros at its end."""
    return f"{number.to_integral_value() if number % 1 == 0 else number.normalize():f}"


def _written(number: Decimal) -> str:
    """As it is to be written so that it has one reading: 1500, but 1.50, and 1.00 for 1,000."""
    if number % 1 == 0:
        return f"{number.quantize(_CENT) if _places(number) else number:f}"
    return exact_text(max(number.normalize(), number.quantize(_CENT), key=_places))


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
