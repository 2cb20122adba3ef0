"""“Did you mean”: what a search may have meant that has found nothing.

The vocabulary has words of editions that nobody may see: ahead of their time, or withdrawn. So
nothing is suggested that does not find something which the reader may see.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from pyroaring import BitMap
from rapidfuzz import process
from rapidfuzz.distance import OSA

from initiatives.editions.index import index
from initiatives.editions.search import spellings
from initiatives.editions.search.matching import rows_of_words, search
from initiatives.editions.search.names import all_names
from initiatives.editions.search.postings import rows_by_term
from initiatives.text import folding
from initiatives.text.endings import is_form_of
from initiatives.text.keyboards import on_other_keyboard

_SHORTEST = 4  # letters; of shorter words too many are alike
_LETTERS_PER_SLIP, _MOST_SLIPS = 4, 3
# One word of many languages, as English ends it: иригация is as near to irrigation as irigation is.
_INTERNATIONAL = re.compile(r"tsi(?:ia|i|a|iu|iei|iasi|ani)?$")


class _Candidate(NamedTuple):
    """A folded word with the rows that have it; of a name also whose it is, as (kind, key).

    Sorted, the most alike come first, of these the most frequent.
    """

    distance: int
    rarity: int
    term: str
    named: tuple[str, ...]
    rows: BitMap


def suggestions(
    text: str,
    *,
    language: str | None,
    at: datetime | None = None,
    among: BitMap | None = None,
    limit: int = 3,
) -> list[str]:
    """Texts like `text` that find something of what is public now, or was at the instant `at`.

    They differ from it in those words alone that nothing has, and are spelled as they are written
    in records and names, in the language of the reader if they are. The most alike come first.
    `among` are the positions that other filters leave, of which they have to find some.
    """
    words = folding.words(text)
    with index.reading(at=at) as reading:
        shown = reading.rows.copy()
    other = on_other_keyboard(text)
    if other and _found(other, shown if among is None else shown & among):
        return [other]
    found = {word: rows & shown for word, rows in rows_of_words(words).items()}
    missing = [word for word in words if not found[word]]
    left = BitMap.intersection(shown, *(found[word] for word in words if found[word]))
    left = left if among is None else left & among
    if not missing or not left:
        return []
    first, *others = missing
    corrected = []
    for candidate in islice(_different(_candidates(first, left)), limit):
        instead = {first: candidate, **_nearest(others, candidate.rows)}
        if len(instead) == len(missing):
            corrected.append(_with(text, instead, language))
    return list(dict.fromkeys(corrected))


def _different(candidates: list[_Candidate]) -> Iterator[_Candidate]:
    """Those that are no form of one before them: a search finds all forms of a word anyway."""
    taken: list[str] = []
    for candidate in candidates:
        if not any(is_form_of(candidate.term, term) for term in taken):
            taken.append(candidate.term)
            yield candidate


def _found(text: str, rows: BitMap) -> BitMap:
    """Those of `rows` that the text finds."""
    by_word = rows_of_words(folding.words(text)).values()
    return BitMap.intersection(rows, *by_word) if by_word else BitMap()


def _nearest(words: list[str], rows: BitMap) -> dict[str, _Candidate]:
    """The first candidate for each word, among rows that have those of the words before it."""
    found = {}
    for word in words:
        for candidate in _candidates(word, rows)[:1]:
            found[word], rows = candidate, candidate.rows
    return found


def _candidates(word: str, rows: BitMap) -> list[_Candidate]:
    """The words like `word` that some of the rows have, as a name or in a text; another number
    is not a slip."""
    if len(word) < _SHORTEST or any(letter.isdecimal() for letter in word):
        return []
    alike = (
        candidate
        for form in dict.fromkeys((word, _INTERNATIONAL.sub("tion", word)))
        for candidate in (*_in_names(form, rows), *_in_texts(form, rows))
    )
    found: dict[str, _Candidate] = {}
    for candidate in sorted(alike, key=_order):
        found.setdefault(candidate.term, candidate)
    return list(found.values())


def _order(candidate: _Candidate) -> tuple[Any, ...]:
    """Of one word as a name and in a text the name is first: it is spelled as it should be."""
    return (*candidate[:3], not candidate.named, candidate.named)


def _in_texts(word: str, rows: BitMap) -> Iterator[_Candidate]:
    near = dict(_alike(word, search.vocabulary().all()))
    for term, having in rows_by_term(near).items():
        if having := having & rows:
            yield _Candidate(near[term], -len(having), term, (), having)


def _in_names(word: str, rows: BitMap) -> Iterator[_Candidate]:
    near: dict[str, list[tuple[str, str]]] = defaultdict(list)
    distances = {}
    for kind, key, text in all_names():
        for term, distance in _alike(word, text.split()):
            near[term].append((kind, key))
            distances[term] = distance
    if not near:
        return
    with index.reading() as reading:
        having = {term: reading.naming(keys) & rows for term, keys in near.items()}
    for term, keys in near.items():
        if having[term]:
            yield _Candidate(distances[term], -len(having[term]), term, keys[0], having[term])


def _alike(word: str, terms: list[str]) -> Iterator[tuple[str, int]]:
    """Each of the terms that differs from the word by a few letters or by the order of two."""
    most = min(len(word) // _LETTERS_PER_SLIP, _MOST_SLIPS)
    found = process.extract(word, terms, scorer=OSA.distance, score_cutoff=most, limit=None)
    return ((term, distance) for term, distance, _place in found)


def _with(text: str, instead: dict[str, _Candidate], language: str | None) -> str:
    """The text with the words that stand for others, each spelled as somebody has written it."""
    spelled = {word: _spelled(candidate, language) for word, candidate in instead.items()}
    corrected = []
    for part in text.split():
        words = folding.words(part)
        kept = not any(word in spelled for word in words)
        corrected += [part] if kept else [spelled.get(word, word) for word in words]
    return " ".join(corrected)


def _spelled(candidate: _Candidate, language: str | None) -> str:
    if candidate.named:
        return spellings.in_name(candidate.term, *candidate.named, language=language)
    return spellings.in_text(candidate.term, candidate.rows.max(), language=language)
