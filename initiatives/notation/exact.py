"""Numbers written so that they can be read in one way only."""

import re
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

from initiatives.notation.digits import readings
from initiatives.notation.signs import plain_signs

_TWO_READINGS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)


def exact_text(number: Decimal) -> str:
    """All digits with a decimal point and no groups: `250000.00`, `1.1250`.

    Three decimals behind up to three digits would look like a thousand, so they get a fourth one.
    """
    text = f"{number:f}"
    return f"{text}0" if _TWO_READINGS.fullmatch(text) else text


def grouped(number: Decimal, language: str) -> str:
    """All digits in groups, as `language` writes them: 5,000,000 and 1,500.00 in English.

    What would have two readings in another country gets decimals or one decimal more.
    """
    for places in _decimals(number):
        text: str = format_decimal(
            number, f"#,##0{'.' if places else ''}{'0' * places}", locale=language
        )
        if has_one_reading(text):
            return text
    return exact_text(number)


def with_currency(digits: str, currency: str, language: str) -> str:
    """USD 5,000,000 or 5 000 000 USD: the currency stands where readers of `language` have it."""
    pattern = Locale.parse(language).currency_formats["standard"].pattern
    both = (currency, digits) if pattern.startswith("¤") else (digits, currency)
    return " ".join(filter(None, both))


def has_one_reading(digits: str) -> bool:
    """Whether `digits`, grouped as a language writes them, mean one number only."""
    return len(readings(plain_signs(digits).lstrip("-"))) == 1


def _decimals(number: Decimal) -> tuple[int, ...]:
    if number == number.to_integral_value():
        return 0, 2
    exponent = number.normalize().as_tuple().exponent
    needed = max(2, -exponent if isinstance(exponent, int) else 2)
    return needed, needed + 1
