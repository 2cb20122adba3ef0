"""The language of a text, by its tag of BCP 47: those that the site shows, or another.

The main part of the tag decides (`ru-RU` is Russian), unless the script is another one than the
site writes: Uzbek is shown in Latin letters and Kazakh in Cyrillic ones, so `uz-Cyrl` is kept as a
text in another language.
"""

import re

from babel.core import get_global

from initiatives.choices import Language

# By Unicode's CLDR: `uz_Latn_UZ` is what it takes `uz` for, and `uz` what it takes `uzb` for.
_WHOLE_TAGS, _OTHER_CODES = get_global("likely_subtags"), get_global("language_aliases")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LATIN = re.compile("[A-Za-z]")
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_UZBEK = re.compile("[ўҳ]", re.IGNORECASE)  # which Kazakh does not have
UZBEK_CYRILLIC = "uz-Cyrl"


def language_of(tag: str, text: str) -> str:
    """`en`, `ru`, `uz` or `kk` where the site shows such a text, else the tag as it was written."""
    main, *further = tag.replace("_", "-").lower().split("-")
    code = _OTHER_CODES.get(main, main)
    if code not in Language.values:
        return tag
    script = next((part for part in further if len(part) == 4 and part.isalpha()), "")
    if script and script != _WHOLE_TAGS[code].split("_")[1].lower():
        return tag
    if code == Language.UZBEK and not script and _is_cyrillic(text):
        return UZBEK_CYRILLIC
    return code


def guessed(text: str) -> str:
    """The language of a text that does not say it, by its letters; English where they are Latin."""
    if not _is_cyrillic(text):
        return Language.ENGLISH.value
    if _UZBEK.search(text):
        return UZBEK_CYRILLIC
    return (Language.KAZAKH if _KAZAKH.search(text) else Language.RUSSIAN).value


def _is_cyrillic(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text))
