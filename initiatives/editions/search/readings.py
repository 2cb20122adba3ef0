"""What a reader may have meant by a text besides what its letters say.

It is read anew and never instead: what is found so is found as well.
"""

import re
import unicodedata
from itertools import pairwise

from initiatives.notation.scales import scale_of
from initiatives.text.lookalikes import latin

_CODE = re.compile(r"\bci(\d{4})(\d{1,4})\b", re.I | re.ASCII)  # CI20250016
_BEHIND_A_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])")  # C5K, 5bn
_NUMBER = re.compile(r"\W*\d[\d.,]*")
_SCALES = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
# Letters of Latin that are typed for Cyrillic ones, whose capitals or themselves look alike.
_CYRILLIC = str.maketrans("ABCEHIKMOPTXYaceikmopxyh", "АВСЕНІКМОРТХУасеікморхуһ")
# Of хукумат, but not of Казахстан; ў, қ and ғ are folded together with у, к and г.
_UZBEK_H = re.compile(r"х(?=[аеёиоуўэюя])", re.I)


def readings(text: str) -> list[str]:
    """The text itself, and the way in which it may be meant, if there is another one: each word in
    letters of one alphabet, numbers apart from letters, and scales as words (5 млрд, 5bn); and with
    the letter of Uzbek for the one that stands for it on a Russian keyboard."""
    meant = " ".join(map(_in_one_alphabet, _CODE.sub(r"CI-\1-\2", text).split()))
    plain = _with_scales(_BEHIND_A_DIGIT.sub(" ", meant))
    return list(dict.fromkeys([text, plain, _UZBEK_H.sub("ҳ", plain)]))


def _in_one_alphabet(word: str) -> str:
    """In the alphabet of most of its letters. With a number it is a name (C5+K), which Latin
    letters write if they can."""
    letters = [letter for letter in word if letter.isalpha()]
    foreign = sum(_is_cyrillic(letter) for letter in letters)
    if not foreign:
        return word
    if any(letter.isdecimal() for letter in word) and latin(word).isascii():
        return latin(word)
    if foreign == len(letters):
        return word
    return latin(word) if 2 * foreign < len(letters) else word.translate(_CYRILLIC)


def _is_cyrillic(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("CYRILLIC")


def _with_scales(text: str) -> str:
    words = text.split()
    for place, (before, word) in enumerate(pairwise(list(words)), start=1):
        scale = scale_of(word.casefold()) if _NUMBER.fullmatch(before) else None
        words[place] = _SCALES[scale] if scale else word
    return " ".join(words)
