"""What a folded text is found by in a text index, and what a query word is looked for as.

A query word is found wherever it stands inside of a folded word. A text index finds whole words
only, so it is given the folded words, in which a vocabulary finds longer query words, and for those
of one or two letters every letter and every two that follow one another.
"""

from itertools import pairwise

SHORT = 2  # letters of a query word that is looked for as it is
LONGEST = 200  # letters that are looked for at once; no index takes words of any length


def terms_in(folded: str) -> set[str]:
    """The words of a folded text, with every letter and every two letters in a row."""
    pairs = set(pairwise(folded))
    short = {one + other for one, other in pairs if one != " " and other != " "}
    return short.union(folded, *map(_pieces, folded.split())) - {" "}


def windows(word: str) -> set[str]:
    """The parts of a query word that are looked for: itself, if it is not very long."""
    return {word[start : start + LONGEST] for start in _starts(len(word), LONGEST)}


def _pieces(word: str) -> list[str]:
    """The word, or parts of it of which each LONGEST letters in a row are in one."""
    if len(word) <= 2 * LONGEST:
        return [word]
    return [word[start : start + 2 * LONGEST] for start in _starts(len(word), 2 * LONGEST)]


def _starts(length: int, part: int) -> range:
    return range(0, max(length - part, 0) + LONGEST, LONGEST)
