"""The order of texts in the alphabet of a reader, the same on every database.

Letters of the reader's script come first. A letter with marks that the alphabet does not have
stands with the letter itself, and signs part words or are passed over: “Green” and a green corridor
stand together. Case never counts; of texts that are the same but for signs and marks the one with
the lower code points is first.
"""

import unicodedata
from functools import cache, lru_cache

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
# Ukrainian and other letters stand where the alphabets that have them have them.
_CYRILLIC = (
    "а ә б в г ґ ғ д ђ е є ж з и ї й ј к қ л љ м н ң њ о ө п р с т у ў ұ ү ф х ҳ һ ц ч ҷ џ ш щ ъ ы"
    " і ь э ю я"
)
_KAZAKH = _CYRILLIC.replace(" ж ", " ё ж ")  # a letter of its own, in Russian another е
# Some letters of Uzbek are two signs, and stand at the end of the alphabet.
_UZBEK = f"{_LATIN} oʻ gʻ sh ch"
# The scripts of a reader, in their order.
_SCRIPTS = {
    "en": (_LATIN, _CYRILLIC),
    "ru": (_CYRILLIC, _LATIN),
    "uz": (_UZBEK, _CYRILLIC),
    "kk": (_KAZAKH, _LATIN),
}
_FIRST, _OF_A_SCRIPT = 0x100, 0x100  # what letters are written as: behind digits, before others
_APOSTROPHES = "'`´ʻʼ‘’‛′"
# Each as one character, which stands in no text that is for readers.
_PAIRS = {"oʻ": "\ue000", "gʻ": "\ue001", "sh": "\ue002", "ch": "\ue003"}
_WRITTEN = [
    (f"{pair[0]}{sign}", one)
    for pair, one in _PAIRS.items()
    for sign in (_APOSTROPHES if pair[1] == "ʻ" else pair[1])
]


class _Weights(dict[int, str]):
    """What `str.translate` writes for a character; other ones are worked out once."""

    def __missing__(self, code: int) -> str:
        found = self._other(chr(code))
        return self.setdefault(code, found) if code < 0x3000 else found

    def _other(self, char: str) -> str:
        category = unicodedata.category(char)
        if category in ("Mn", "Me", "Cf", "Lm"):
            return ""
        if (parts := unicodedata.normalize("NFKD", char)) != char:
            return parts.translate(self)
        if category[0] not in "LN":
            return " "
        plain = _without_stroke(char)
        return self[ord(plain)] if plain else char


def _without_stroke(char: str) -> str:
    """The letter under a stroke or hook that Unicode does not take apart (ø), or nothing."""
    base, _with, stroke = unicodedata.name(char, "").partition(" WITH ")
    return unicodedata.lookup(base) if stroke and base.startswith(("LATIN", "CYRILLIC")) else ""


@cache
def _weights(language: str) -> _Weights:
    """What each letter is written as; one of two signs stands for itself as `_PAIRS` has it."""
    letters = {
        _PAIRS.get(letter, letter): chr(_FIRST + script * _OF_A_SCRIPT + place)
        for script, alphabet in enumerate(_SCRIPTS[language])
        for place, letter in enumerate(alphabet.split())
    }
    known = letters | {digit: digit for digit in "0123456789"} | dict.fromkeys(_APOSTROPHES, "")
    return _Weights({ord(letter): weight for letter, weight in known.items()})


def in_alphabet(text: str, language: str | None) -> str:
    """A text that stands among others as `text` does for a reader of `language` (else English).

    The same only for texts that differ in case alone. No string makes it fail.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    letters = folded
    if language == "uz":
        for pair, one in _WRITTEN:
            letters = letters.replace(pair, one)
    weights = _weights(language if language in _SCRIPTS else "en")
    return f"{' '.join(letters.translate(weights).split())}\0{folded}"


@lru_cache(maxsize=16_384)
def name_in_alphabet(name: str, language: str | None) -> str:
    """The same of a name that is often put in order: of a country, a sector or an organisation."""
    return in_alphabet(name, language)
