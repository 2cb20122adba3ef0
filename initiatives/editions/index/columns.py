"""Numbers by position, in arrays that grow, and their passage to bitmaps and back."""

from array import array
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, DTypeLike
from pyroaring import BitMap

_FIRST = 64  # places to begin with; a full array is doubled


class Column:
    """One number for each place; `empty` stands where none was set."""

    def __init__(self, dtype: DTypeLike, empty: float = 0) -> None:
        self._empty = empty
        self._held = np.full(_FIRST, empty, dtype)

    def __setitem__(self, place: int, value: float) -> None:
        try:
            self._held[place] = value
        except IndexError:
            self._reserve(place + 1)
            self._held[place] = value

    def put(self, places: range, values: ArrayLike) -> None:
        """Set the numbers of places that follow each other."""
        self._reserve(places.stop)
        self._held[places.start : places.stop] = values

    @overload
    def __getitem__(self, places: np.ndarray) -> np.ndarray: ...

    @overload
    def __getitem__(self, places: int) -> Any: ...

    def __getitem__(self, places: int | np.ndarray) -> Any:
        """The number at a place, or an array of those at an array of places."""
        try:
            return self._held[places]
        except IndexError:  # none was set there or further on, so the array has not grown
            return self._beyond(np.asarray(places))

    def _beyond(self, places: np.ndarray) -> Any:
        """The same where some lie beyond what is held. It grows nothing: others may be reading."""
        held = self._held
        found = np.full(places.shape, self._empty, held.dtype)
        inside = places < len(held)
        found[inside] = held[places[inside]]
        return found if found.shape else found[()]

    def upto(self, size: int) -> np.ndarray:
        """The numbers of the first `size` places. It is no copy."""
        self._reserve(size)
        return self._held[:size]

    def _reserve(self, size: int) -> None:
        if size > len(self._held):
            grown = np.full(max(size, 2 * len(self._held)), self._empty, self._held.dtype)
            grown[: len(self._held)] = self._held
            self._held = grown


class Lines:
    """Several lines for each place, appended place by place; a line is known by its number."""

    def __init__(self) -> None:
        self.size = 0
        self._first, self._number = Column(np.int64), Column(np.int64)

    def append(self, place: int, number: int) -> range:
        """The numbers of the new lines of `place`."""
        first, self.size = self.size, self.size + number
        self._first[place], self._number[place] = first, number
        return range(first, self.size)

    def first(self, place: int) -> int:
        """The number of the first line of a place that has been set."""
        return int(self._first[place])

    def of(self, places: np.ndarray) -> np.ndarray:
        """The numbers of all lines of the places."""
        numbers = self._number[places]
        before = np.cumsum(numbers) - numbers
        return np.repeat(self._first[places] - before, numbers) + np.arange(numbers.sum())


def places_of(rows: BitMap) -> np.ndarray:
    return np.asarray(rows.to_array(), dtype=np.uint32)


def rows_at(places: np.ndarray) -> BitMap:
    """The bitmap of places that rise. BitMap reads an `array` a hundred times faster than numpy."""
    return BitMap(array("I", places.astype(np.uint32).tobytes()))
