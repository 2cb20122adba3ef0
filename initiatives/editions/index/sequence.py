"""Numbers of lines in the order of what a column says of them, to which further lines come."""

import numpy as np

from initiatives.editions.index.columns import Column

_LATELY = 2000  # lines that are not yet put in order


class Sequence:
    """`lines` are in order, `values` what orders them; the newest few lines may be missing."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self.lines = np.zeros(0, np.int64)
        self.values = np.zeros(0, np.int64)

    def follow(self, size: int) -> np.ndarray:
        """Put the first `size` lines in order, but for a few; these are what it gives."""
        new = np.arange(len(self.lines), size)
        if len(new) <= _LATELY:
            return new
        values = self._column.upto(size)[new]
        order = np.argsort(values, kind="stable")
        places = np.searchsorted(self.values, values[order], "right")
        self.lines = np.insert(self.lines, places, new[order])
        self.values = np.insert(self.values, places, values[order])
        return new[:0]
