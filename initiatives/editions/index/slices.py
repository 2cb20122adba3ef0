"""A slice of rows in an order, without putting all of them in order."""

import numpy as np

_SAMPLED = 32  # one of so many values is looked at first


def slice_in_order(values: np.ndarray, ties: np.ndarray, start: int, stop: int) -> np.ndarray:
    """The indexes of what stands at `start` up to `stop` by `values`, and where these are equal by
    `ties`, which all differ."""
    start, stop = min(start, len(values)), min(stop, len(values))
    if start >= stop:
        return np.zeros(0, np.intp)
    lowest, highest = _bounds(values, start, stop)
    first = np.flatnonzero(values == lowest)
    before = int(np.count_nonzero(values < lowest))
    start, stop = start - before, stop - before
    if lowest == highest:
        return _by_ties(first, ties, start, stop)
    between = np.flatnonzero((values > lowest) & (values < highest))
    between = between[np.lexsort((ties[between], values[between]))]
    last = np.flatnonzero(values == highest)
    head = _by_ties(first, ties, start, len(first))
    tail = _by_ties(last, ties, 0, stop - len(first) - len(between))
    return np.concatenate((head, between, tail))


def _bounds(values: np.ndarray, start: int, stop: int) -> tuple[float, float]:
    """The values at `start` and before `stop`. Of the first few a sample says where to look."""
    if stop * 2 * _SAMPLED < len(values):
        sample = values[::_SAMPLED]
        guess = min(stop // _SAMPLED * 2 + 16, len(sample) - 1)
        few = values[values <= np.partition(sample, guess)[guess]]
        if len(few) >= stop:
            values = few
    found = np.partition(values, (start, stop - 1))
    return found[start], found[stop - 1]


def _by_ties(indexes: np.ndarray, ties: np.ndarray, start: int, stop: int) -> np.ndarray:
    keys = ties[indexes]
    found = np.argpartition(keys, (start, stop - 1))[start:stop]
    return indexes[found[np.argsort(keys[found])]]
