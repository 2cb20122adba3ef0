"""Words that differ in their endings: a reader writes “Samarqandda” and a record “Samarqand”.

Endings are those of English, Russian, Uzbek and Kazakh as `folding.fold` writes them. Two words are
forms of one where both are the same stem with an ending or with none. It is no grammar: it finds a
little too much rather than too little, and never what shares less than a stem of its own.
"""

import re
from functools import lru_cache

_SHORTEST = 4  # letters of a stem
_LONGEST_ENDING = 20
_OF_THINGS = "eie|ogo|omu|aia|oie|uiu|ie|im|imi|oi|om|i"
_ADJECTIVE = f"{_OF_THINGS}|ik"  # of Russian, also behind three letters
_RUSSIAN = (
    f"{_ADJECTIVE}|a|u|e|o|ia|iu|ii|ei|em|iem|iei|oiu|eiu|am|iam|ami|iami|ak|iak|ov|ev|iev|iov"
    # узбекский and узбекско-, транспортный; торговля beside торговый
    f"|ego|emu|(?:che)?sk(?:{_ADJECTIVE}|o)|n(?:{_OF_THINGS}|o)|l(?:ia|i|e|iu|ei)"
)
# What is done, and what serves for it: образование, образовательный; but Германия is no germ.
_DONE = f"(?<=[a-z]{{5}})(?:l?[ae]ni(?:e|a|u|em|i|am|ami|ak)?|[ai]teln(?:{_OF_THINGS}|o))"
# Spelled in Britain and in America: modernise, modernization. And what came of it: investment.
_MADE = "i[sz](?:es?|ed|ing|ations?)|ments?"
_ENGLISH = f"s|es|ed|ing|al|{_MADE}"
# Number, possession and case of Uzbek and Kazakh, in their order.
_TURKIC = (
    "(?:[ldt][ae]r)?(?:s?i(?:n(?:ing?|i|a|e|d[ae]n?)?|miz)?)?"
    "(?:[ndt]i(?:ng?)?|[gk][ae]|n[ae]n?|[dt][ae](?:n|gi)?|[mbp]en)?(?:[ldt]ik|cha)?"
)
# The country beside its people: Узбекистан, узбекский, oʻzbek, өзбек.
_COUNTRY = f"i?st[ao]n(?:{_TURKIC}|{_RUSSIAN}|{_ENGLISH})"
# One word of many languages: irrigation, ирригация, irrigatsiya.
_PEOPLE = f"i[sz]m(?:{_RUSSIAN}|{_TURKIC})|ist(?:s|ic|{_RUSSIAN}|{_TURKIC})"  # туризм, туристы
_INTERNATIONAL = f"tion(?:s|al)?|tsi(?:ia|i|a|iu|iei|on[a-z]*)?(?:{_TURKIC})|{_PEOPLE}"
# Behind -iya, which is an ending of Russian: komissiya, komissiyasi, комиссии.
_ENDING = re.compile(
    f"(?:{_RUSSIAN}|{_DONE}|{_ENGLISH}|{_INTERNATIONAL}|{_COUNTRY}|(?:ia)?(?:{_TURKIC}))"
)
_AFTER_THREE = re.compile(f"(?:{_ADJECTIVE})")
# A vowel of Russian that is there only without an ending: уровень, уровня; рынок, рынка.
_FLEETING = re.compile(r"(\w{3,})[eo]([nk]|ts)")
_MAY_HAVE_LOST = re.compile(r"(\w{2,}[^aeiou])(?:[nk]|ts)")
# A last letter that is voiced before an ending: өнеркәсіп, өнеркәсібі.
_VOICED = str.maketrans("bg", "pk")


@lru_cache(maxsize=4_096)
def stems(word: str) -> frozenset[str]:
    """What is left of a folded word without each ending that it may have, and the word itself.

    Words with digits, of other scripts and of fewer letters have no endings.
    """
    if not (word.isascii() and word.isalpha()):
        return frozenset([word])
    found = {word}
    if _AFTER_THREE.fullmatch(word, _SHORTEST - 1):
        found.add(word[: _SHORTEST - 1])
    found |= _without(_ENDING, word)
    found |= {fleeting.expand(r"\1\2") for fleeting in [_FLEETING.fullmatch(word)] if fleeting}
    return frozenset(_unvoiced(stem) for stem in found)


def _without(ending: re.Pattern[str], word: str) -> set[str]:
    sizes = range(max(_SHORTEST, len(word) - _LONGEST_ENDING), len(word))
    return {word[:size] for size in sizes if ending.fullmatch(word, size)}


@lru_cache(maxsize=4_096)
def beginnings(word: str) -> frozenset[str]:
    """The few letters with which every form of the word begins, in each way to write them."""
    first = min(stems(word), key=len)
    if with_vowel := _MAY_HAVE_LOST.fullmatch(first):
        return frozenset([with_vowel[1]])
    if len(first) < _SHORTEST - 1:
        return frozenset()
    return frozenset([first[:-1] + last for last in _ways(first[-1])])


def is_form_of(word: str, other: str) -> bool:
    """Whether both words are the same but for their endings."""
    return not stems(word).isdisjoint(stems(other))


def _unvoiced(stem: str) -> str:
    return stem[:-1] + stem[-1].translate(_VOICED)


def _ways(letter: str) -> str:
    return {"p": "pb", "k": "kg"}.get(letter, letter)
