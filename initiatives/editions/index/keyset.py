"""The rows after a place in an order of the list, and before it.

A page that is found by the last row of the page before neither repeats nor skips a row when
others come or go meanwhile, as a page that is found by its number does.
"""

from typing import NamedTuple, cast

import numpy as np

from initiatives.editions.index.orders import Order, Orders
from initiatives.editions.index.slices import slice_in_order

Value = int | float | str | None


class Place(NamedTuple):
    """What the order compares of a row (None if it is not known, of a title its text), and its
    code."""

    value: Value
    code: str


class Sorted:
    """`places` with what an order compares; `codes` are the ranks of their codes."""

    def __init__(
        self,
        orders: Orders,
        places: np.ndarray,
        codes: np.ndarray,
        order: Order,
    ) -> None:
        self._orders, self._order, self._sign = orders, order, order.sign
        self._places, self._codes = places, codes
        values, self._known = orders.values(order, places)
        self._values = np.where(self._known, self._sign * values, 0)

    def beyond(
        self, place: tuple[Value, float] | None, number: int, *, back: bool = False
    ) -> np.ndarray:
        """The first `number` places after the one of a value and the rank of a code, or before it
        the last ones, in their order."""
        sign = -1 if back else 1
        among = np.ones(len(self._places), np.bool_)
        if place is not None:
            among = self._after(*self._compared(place[0]), place[1], sign)
        known, unknown = np.flatnonzero(among & self._known), np.flatnonzero(among & ~self._known)
        found = np.zeros(0, np.intp)
        for part in (unknown, known) if back else (known, unknown):
            left = number - len(found)
            first = slice_in_order(sign * self._values[part], sign * self._codes[part], 0, left)
            found = np.concatenate((found, part[first]))
        return self._places[found[::-1] if back else found]

    def _after(self, is_known: bool, value: float, code: float, sign: int) -> np.ndarray:
        later = sign * self._codes > sign * code
        values = sign * self._values
        further = (values > sign * value) | ((values == sign * value) & later)
        found = (self._known == is_known) & further
        # What is not known comes after all that is.
        if is_known and sign > 0:
            return found | ~self._known
        return found | self._known if not is_known and sign < 0 else found

    def _compared(self, value: Value) -> tuple[bool, float]:
        if value is None:
            return False, 0
        if self._order.column == "title":
            value = self._orders.rank_of_title(str(value), self._order.language)
        return True, self._sign * cast(float, value)

    def value_of(self, place: int) -> Value:
        """What the order compares of the row at `place`."""
        return self._orders.value_of(self._order, place)
