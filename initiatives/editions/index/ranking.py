"""Texts in an alphabet, to which further ones come a few at a time."""

from collections.abc import Callable, Sequence

import numpy as np

# From texts to numbers that rise with them; equal ones are the same text to the alphabet.
Alphabet = Callable[[Sequence[str]], np.ndarray]
_COMPARED = 1000  # texts with which new ones are compared at once


def by_code_points(texts: Sequence[str]) -> np.ndarray:
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.fromiter((places[text] for text in texts), np.int64, len(texts))


class Ranking:
    """The ranks of `texts`, a list that may grow; equal ones have the same rank.

    Nothing is compared before it is asked. A few new texts among a million are compared with a few
    thousand of them.
    """

    def __init__(self, texts: Sequence[str], alphabet: Alphabet) -> None:
        self._texts, self._alphabet = texts, alphabet
        self._forget()

    def _forget(self) -> None:
        self._order = np.zeros(0, np.int64)  # numbers of texts that differ, by rank
        self._same = np.zeros(0, np.int64)  # by number of a text the one that stands for it
        self._ranks = np.zeros(0, np.int64)

    def ranks(self) -> np.ndarray:
        """By number of a text its rank."""
        if len(self._same) < len(self._texts):
            try:
                self._follow(len(self._same), len(self._texts))
            except BaseException:  # what was done by half is no use
                self._forget()
                raise
        return self._ranks

    def _follow(self, known: int, size: int) -> None:
        new = np.arange(known, size)
        self._same = np.concatenate((self._same, new))
        if size - known > known // 8:
            self._sort()
        else:
            self._insert(new)
        ranks = np.zeros(size, np.int64)
        ranks[self._order] = np.arange(len(self._order))
        self._ranks = ranks[self._same]

    def _sort(self) -> None:
        ranks = self._alphabet(self._texts)
        _values, first, inverse = np.unique(ranks, return_index=True, return_inverse=True)
        self._order, self._same = first, first[inverse]

    def _insert(self, new: np.ndarray) -> None:
        """Each of `new` stands between two places, which are brought together."""
        low = np.zeros(len(new), np.int64)
        high = np.full(len(new), len(self._order))
        each = max(1, _COMPARED // len(new))
        while (low < high).any():
            steps = np.linspace(low, high, each + 2, dtype=np.int64)[1:-1]
            pivots = np.unique(np.minimum(steps, np.maximum(high - 1, 0)))
            ranks = self._compare(np.concatenate((self._order[pivots], new)))
            of_pivots, of_new = ranks[: len(pivots)], ranks[len(pivots) :]
            below = np.searchsorted(of_pivots, of_new, "left")
            equal = (below < len(pivots)) & (
                of_pivots[np.minimum(below, len(pivots) - 1)] == of_new
            )
            low = np.maximum(low, np.where(below > 0, pivots[below - 1] + 1, 0))
            high = np.minimum(
                high,
                np.where(below < len(pivots), pivots[np.minimum(below, len(pivots) - 1)], high),
            )
            for place in np.flatnonzero(equal):
                self._same[new[place]] = self._order[pivots[below[place]]]
                low[place] = high[place]
        self._put(new, low)

    def _put(self, new: np.ndarray, places: np.ndarray) -> None:
        fresh = self._same[new] == new
        new, places = new[fresh], places[fresh]
        if not len(new):
            return
        _ranks, first, inverse = np.unique(
            self._compare(new), return_index=True, return_inverse=True
        )
        self._same[new] = new[first][inverse]
        self._order = np.insert(self._order, places[first], new[first])

    def _compare(self, numbers: np.ndarray) -> np.ndarray:
        return np.asarray(self._alphabet([self._texts[number] for number in numbers]))
