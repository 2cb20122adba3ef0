"""Numbers as the columns write them."""

from decimal import Decimal

from initiatives.exchange.columns import AMOUNTS
from initiatives.fields.money import LIMIT, plain

PERCENTS = "sectors_percents"
_CENT = Decimal("0.01")


def with_decimals(number: Decimal, column: str) -> str:
    """`number` with the decimals of its column; one that has more keeps them, to be refused."""
    if not number.is_finite() or abs(number) >= LIMIT:
        return str(number)
    if column in AMOUNTS and number == round(number, 3):
        return str(plain(number))
    if column == PERCENTS and number == round(number, 2):
        return str(number.quantize(_CENT))
    whole = number == number.to_integral_value()
    return f"{number:.0f}" if whole else f"{number.normalize():f}"
