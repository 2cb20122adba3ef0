"""Draws that are the same on every run, and as unequal as life is (Zipf's law)."""

import numpy as np

SEED = 2026


def draws(*place: int, seed: int = SEED) -> np.random.Generator:
    """The draws of one `place`, for example of a batch; no other place changes them."""
    return np.random.default_rng((seed, *place))


def zipf(size: int) -> np.ndarray:
    """How likely each of `size` things is: the second half as likely as the first, the third a
    third."""
    weights = 1 / np.arange(1, size + 1)
    return weights / weights.sum()


class Unequal:
    """Draws numbers below `size`, the low ones far more often, by the rows of a batch."""

    def __init__(self, size: int) -> None:
        self._ends = np.cumsum(zipf(size))
        self._ends[-1] = 1

    def rows(self, chance: np.random.Generator, rows: int, columns: int) -> list[list[int]]:
        drawn = np.searchsorted(self._ends, chance.random((rows, columns)), side="right")
        return np.minimum(drawn, len(self._ends) - 1).tolist()
