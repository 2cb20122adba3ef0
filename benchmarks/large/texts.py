"""Titles and summaries put together from the vocabulary, and what search compares of them."""

from functools import cache, lru_cache
from itertools import pairwise

from benchmarks.large.chance import Unequal
from benchmarks.large.geography import cities
from benchmarks.vocabulary import LANGUAGES, PARTS, SENTENCES, WORKS, Texts
from initiatives.editions import record as public
from initiatives.folding import fold, searchable

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
        self._words, self.sentence, self._lot = words, sentence, lot
        self.title = tuple(
            f"{part}, {city} – {other}: {work} {lot}"
            for part, city, other, work in zip(*words, strict=True)
        )

    def summary(self, sentence: Texts | None = None) -> public.Text:
        end = sentence or self.sentence
        return _text(f"{title}. {more}" for title, more in zip(self.title, end, strict=True))

    @property
    def in_record(self) -> public.Text:
        return _text(self.title)

    def pieces(self, code: str, sentence: Texts | None = None) -> tuple[str, ...]:
        """What the record `code` is found by, in parts of which few differ."""
        own = f"{fold(code)} {self._lot}"
        return (own, *map(folded, (*self._words, sentence or self.sentence)))


@cache
def folded(texts: Texts) -> str:
    """What a search compares of a text in four languages."""
    return searchable(*texts)


@lru_cache(maxsize=20_000)
def terms_of(piece: str) -> frozenset[str]:
    """What `editions.search.documents` makes of a piece of the texts of a record."""
    short = {one + other for one, other in pairwise(piece) if one != " " and other != " "}
    return frozenset(short.union(piece, piece.split()) - {" "})


def _text(texts) -> public.Text:
    return public.Text(**dict(zip(LANGUAGES, texts, strict=True)))
