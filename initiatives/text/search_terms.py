"""What a folded text is found by in a text index, and what a query word is looked for as.

A query word is found wherever it stands inside of a folded word. Of short ones in letters a–z,
which stand inside of nearly all words, one or two letters find a whole word (EU), and three those
words that begin with them (ГЭС, gas). A text index finds whole words only, so it is given the
folded words, in which a vocabulary finds longer query words, and for shorter ones every digit or
letter of another script and every two that follow one another.
"""

from itertools import pairwise, product
from string import ascii_lowercase

SHORT = 2  # letters of a query word that is looked for as it is
LONGEST = 200  # letters that are looked for at once; no index takes words of any length
# What `is_whole` says of all that a folded text can have.
_WHOLE = frozenset(ascii_lowercase).union(map("".join, product(ascii_lowercase, repeat=SHORT)))


def terms_in(folded: str) -> set[str]:
    """The words of a folded text, with what of one or two signs a query finds inside of a word."""
    words = folded.split()
    short = {one + other for word in set(words) for one, other in pairwise(word)}
    inside = short.union(folded) - _WHOLE - {" "}
    if len(max(words, default="", key=len)) <= 2 * LONGEST:
        return inside.union(words)
    return inside.union(*map(_pieces, words))


def is_whole(word: str) -> bool:
    """Whether a folded query word finds nothing but the same word."""
    return len(word) <= SHORT and word.isascii() and word.isalpha()


def is_beginning(word: str) -> bool:
    """Whether a folded query word finds nothing but words that begin with it."""
    return len(word) == SHORT + 1 and word.isascii() and word.isalpha()


def stands_in(word: str, folded: str, between: str = " ") -> bool:
    """Whether a folded query word finds one of the words of a folded text, which are parted by
    `between`."""
    if is_whole(word):
        return f"{between}{word}{between}" in f"{between}{folded}{between}"
    return f"{between}{word}" in f"{between}{folded}" if is_beginning(word) else word in folded


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
