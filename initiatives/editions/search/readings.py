"""What a reader may have meant by a text besides what its letters say.

It is read anew and never instead: what is found so is found as well.
"""

import re
import unicodedata
from itertools import pairwise

from initiatives.notation.scales import scale_of
from initiatives.text.endings import stems
from initiatives.text.folding import fold
from initiatives.text.lookalikes import latin
from initiatives.text.other_words import in_other_words

_CODE = re.compile(r"\bci(\d{4})(\d{1,4})\b", re.I | re.ASCII)  # CI20250016
_SIGN_OF_NUMBER = re.compile(r"(?:№|#|\bN[°ºo]\.?)\s*(?=\d)")  # №16: records say the number alone
_BEHIND_A_DIGIT = re.compile(r"(?<=\d)(?=[^\W\d_])")  # C5K, 5bn
_NUMBER = re.compile(r"\W*\d[\d.,]*")
_SCALES = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
# An amount of seven digits or more, alone or in threes.
_AMOUNT = re.compile(
    r"(?<![\d.,])(?:[1-9]\d{0,2}(?:[ \u00a0\u202f,.']\d{3}){2,4}|[1-9]\d{6,14})"
    r"(?!\d|[ \u00a0\u202f,.']\d{3}(?!\d))"
)
_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_LONG = 5  # letters
# Letters of Latin that are typed for Cyrillic ones, whose capitals or themselves look alike.
_CYRILLIC = str.maketrans("ABCEHIKMOPTXYaceikmopxyh", "АВСЕНІКМОРТХУасеікморхуһ")
# Of хукумат, but not of Казахстан; ў, қ and ғ are folded together with у, к and г.
_UZBEK_H = re.compile(r"х(?=[аеёиоуўэюя])", re.I)


def readings(text: str) -> list[str]:
    """The text itself, and the ways in which it may be meant, if there are others: each word in
    letters of one alphabet, numbers apart from letters, and scales as words (5 млрд, 5bn); with the
    letter of Uzbek for the one that stands for it on a Russian keyboard; an amount in figures as
    its scale says it; and what records call otherwise, as they do."""
    meant = " ".join(
        map(_in_one_alphabet, _CODE.sub(r"CI-\1-\2", _SIGN_OF_NUMBER.sub("", text)).split())
    )
    plain = _with_scales(_BEHIND_A_DIGIT.sub(" ", meant))
    scaled = _AMOUNT.sub(_in_scales, text)
    others = in_other_words(plain)
    return list(dict.fromkeys([text, plain, _UZBEK_H.sub("ҳ", plain), scaled, *others]))


def uzbek_words(text: str) -> dict[str, str]:
    """The folded words that may be Uzbek ones from a Russian keyboard, which has no ў: each with
    what it is then. Of words with a short stem too many would be others (форум, фор-ом)."""
    found = (word for word in text.casefold().split() if len(word) >= _LONG and "у" in word)
    pairs = ((fold(word), fold(word.replace("у", "ў"))) for word in found)
    return {word: meant for word, meant in pairs if min(map(len, stems(meant))) >= _LONG - 1}


def _in_scales(amount: re.Match[str]) -> str:
    """5 000 000 000 as 5 billion, and 7,500,000 as 7.5 million; another amount as it is."""
    number = int(re.sub(r"\D", "", amount[0]))
    for size, word in _SIZES:
        if number >= size and number % (size // 10) == 0:
            whole, tenth = divmod(number * 10 // size, 10)
            return f"{whole}.{tenth} {word}" if tenth else f"{whole} {word}"
    return amount[0]


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
