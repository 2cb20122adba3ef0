"""Words for thousands, millions, billions and trillions in the four languages.

Billions are those of the short scale, 10⁹, in all four; Russian “биллион” is not read, because it
means 10¹² to some. Letters that may mean something else (Cyrillic “м”, “t”) are not read either.
"""

import re

_KAZAKH = "[а-яёәғқңөұүһі]"
_WORDS = {
    3: rf"k|к|thousands?|тыс|тысяч{_KAZAKH}{{0,3}}|ming|минг|мың{_KAZAKH}{{0,4}}",
    6: rf"m|mm|mn|mln|mio|millions?|million(?:ga|dan|ni|ning|lik|ta)"
    rf"|млн|миллион{_KAZAKH}{{0,4}}",
    9: rf"b|bn|bln|billions?|mlrd|mrd|milliards?|milliard(?:ga|dan|ni|ning|lik|ta)"
    rf"|млрд|миллиард{_KAZAKH}{{0,4}}",
    12: rf"tn|trn|trln|trillions?|trillion(?:ga|dan|ni|ning|lik|ta)|трлн|триллион{_KAZAKH}{{0,4}}",
}
_SCALE = re.compile("|".join(rf"(?P<s{power}>{words})" for power, words in _WORDS.items()))


def scale_of(word: str) -> int | None:
    """The power of ten that `word` means, with or without a full stop; None if it is no scale."""
    found = _SCALE.fullmatch(word.removesuffix("."))
    return int(found.lastgroup[1:]) if found and found.lastgroup else None
