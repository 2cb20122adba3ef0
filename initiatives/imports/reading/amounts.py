"""Numbers as the columns write them."""

from decimal import Decimal

from initiatives.exchange.columns import READABLE
from initiatives.fields.money import LIMIT
from initiatives.notation import exact_text

_CENT = Decimal("0.01")


def with_decimals(number: Decimal, column: str) -> str:
    """`number` with the decimals of its column, so that it has one reading there.

    One that has more decimals than are kept has them all: it is rounded, with a note, where the
    column is read.
    """
    if not number.is_finite():
        return str(number)
    measure = READABLE[column].measure if column in READABLE else None
    if measure is None or abs(number) >= LIMIT:
        return f"{number.to_integral_value() if number % 1 == 0 else number.normalize():f}"
    exact = number.normalize()
    return exact_text(number.quantize(_CENT) if number == round(number, 2) else exact)
