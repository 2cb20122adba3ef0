"""Question marks that stand where a letter was: saving in an encoding that lacks it wrote them.

Windows-1251 has no ә ғ қ ң ө ұ ү һ and no ʻ, Windows-1252 no Cyrillic at all. A question mark that
a person writes stands behind a word and before a space, or between two sentences (“What?Why”).
"""

import re
from collections.abc import Iterator

_MARKS = re.compile(r"\?+")
_ONLY_MARKS = re.compile(r"[?\-–—«»\"'“”„()\[\].,;:/]*\?[?\-–—«»\"'“”„()\[\].,;:/]*")
_NO_END = re.compile(r"\.(?!\.)|,")  # what follows no question mark that is meant
# Addresses have question marks of their own.
_ADDRESS = re.compile(r"://|www\.|[=@/\\&]|\.\w{2,6}\?", re.I)
_LONG = 4  # question marks of a word that has nothing else
_MANY = 5  # those of several such words
_ENDS = ("!", ".", "…", "¿")
_SHOWN = 5


def lost_letters(text: str) -> list[str]:
    """Some words of `text` in which letters were lost, as they stand; none where all is whole."""
    if "\ufffd" in text:
        return [word for word in text.split() if "\ufffd" in word][:_SHOWN]
    if "?" not in text:
        return []
    return list(_wounded(text))[:_SHOWN] or _nothing_left(text)


def _wounded(text: str) -> Iterator[str]:
    for word in text.split():
        if "?" in word and not _ADDRESS.search(word) and _has_hole(word):
            yield word


def _has_hole(word: str) -> bool:
    return any(
        _is_hole(word[: found.start()][-1:], word[found.end() :]) for found in _MARKS.finditer(word)
    )


def _is_hole(before: str, after: str) -> bool:
    """Whether a question mark between these stands for a letter."""
    begins = after[:1].isalpha()
    if before.isalpha():
        ends_sentence = before.islower() and after[:1].isupper()
        return not ends_sentence if begins else bool(_NO_END.match(after))
    if not begins or before.isalnum() or before in _ENDS:
        return False
    return after[0].islower() or (after[:2].isupper() and not after.isascii())


def _nothing_left(text: str) -> list[str]:
    """The words of `text` that are question marks alone, if there are too many to be meant."""
    lost = [word for word in text.split() if _ONLY_MARKS.fullmatch(word)]
    marks = [word.count("?") for word in lost]
    has_letters = any(sign.isalpha() for sign in text)
    if max(marks, default=0) >= _LONG or (len(lost) > 1 and sum(marks) >= _MANY):
        return lost[:_SHOWN]
    return [] if has_letters or sum(marks) < _LONG - 1 else lost[:_SHOWN]
