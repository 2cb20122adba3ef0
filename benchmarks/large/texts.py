"""Titles and summaries put together from the vocabulary, and what search compares of them."""

from collections.abc import Iterator
from functools import cache

from benchmarks.geography import cities
from benchmarks.large.chance import Unequal
from benchmarks.vocabulary import LANGUAGES, PARTS, SENTENCES, WORKS, Texts
from initiatives.editions import record as public
from initiatives.text.folding import searchable
from initiatives.text.search_terms import terms_in

_LOTS = 60
_PARTS = [tuple(names) for names in PARTS.values()]


class Titles:
    """Of a sector's part, two cities, a kind of work and a number: millions of them."""

    def __init__(self, chance, rows: int) -> None:
        words = (_PARTS, cities(), cities(), WORKS, SENTENCES)
        drawn = (Unequal(len(known)).rows(chance, rows, 1) for known in words)
        self._drawn = list(zip(*drawn, chance.integers(1, _LOTS, rows).tolist(), strict=True))

    def of(self, row: int) -> "Title":
        (part,), (city,), (other,), (work,), (sentence,), lot = self._drawn[row]
        return Title(
            (_PARTS[part], cities()[city], cities()[other], WORKS[work]), SENTENCES[sentence], lot
        )


class Title:
    def __init__(self, words: tuple[Texts, ...], sentence: Texts, lot: int) -> None:
        self._words, self.sentence, self.lot = words, sentence, lot
        self._title = tuple(
            f"{part}, {city} – {other}: {work} {lot}"
            for part, city, other, work in zip(*words, strict=True)
        )
        self.title, self.summary = _text(self._title), self.summary_with(sentence)

    def summary_with(self, sentence: Texts) -> public.Text:
        return _text(f"{title}. {more}" for title, more in zip(self._title, sentence, strict=True))

    def pieces(self, sentence: Texts | None = None) -> Iterator[str]:
        """What the record is found by, in parts of which few differ; its lot is none of them."""
        return map(folded, (*self._words, sentence or self.sentence))


class Terms:
    """The terms of a long text that many records share, in order: a few are put among them."""

    def __init__(self, terms: frozenset[str]) -> None:
        self.in_order, self._terms = sorted(terms), terms

    def others(self, *terms: frozenset[str]) -> list[str]:
        """Those of `terms` that are none of these."""
        return sorted(set().union(*terms) - self._terms)

    def with_others(self, others: list[str]) -> str:
        """All of them as a document of the search has them."""
        return " ".join(sorted(self.in_order + others))  # two runs that rise are merged


@cache
def folded(texts: Texts) -> str:
    """What a search compares of a text in four languages."""
    return searchable(*texts)


def terms_of(piece: str) -> frozenset[str]:
    """What `editions.search.documents` makes of a piece of the texts of a record."""
    return frozenset(terms_in(piece))


terms_of_piece = cache(terms_of)  # of those that many records share


def _text(texts) -> public.Text:
    return public.Text(**dict(zip(LANGUAGES, texts, strict=True)))
