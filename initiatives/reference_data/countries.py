"""Codes and names of countries by Unicode's CLDR, which comes with Babel."""

import re
from functools import cache

from babel import Locale
from babel.core import get_global

from initiatives.choices import Language

# Codes of ISO 3166-3, of countries that are no more; their two letters have another code today.
_FORMER = frozenset("BUR DDR FXX TMP YMD ZAR".split())
# What ISO 3166 leaves to its users, and what it only reserves.
_OF_USERS = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ|EU")
# CLDR writes the two letters of the Uzbek alphabet with several signs; these are the right ones.
_AFTER_O_OR_G = re.compile(r"(?<=[OoGg])[‘’'`ʼ]")
_OTHER_SIGN = re.compile(r"[‘’'`]")
# Where CLDR still has the name of former days.
_IN_UZBEK = {"SZ": "Esvatini"}


def _aliases() -> list[tuple[str, str]]:
    """(other code, code of two letters): of three letters, or of three digits."""
    found = get_global("territory_aliases").items()
    return [(old, new[0]) for old, new in found if len(old) == 3 and len(new) == 1]


# Two letters → three letters, also of what CLDR knows beside ISO 3166-1, such as XK.
ISO3: dict[str, str] = {
    iso2: old for old, iso2 in _aliases() if old.isalpha() and old not in _FORMER
}


@cache
def codes() -> tuple[str, ...]:
    """The official codes of two letters of ISO 3166-1, sorted. Only these have a number too."""
    numbered = {iso2 for old, iso2 in _aliases() if old.isdigit()}
    return tuple(sorted(iso2 for iso2 in ISO3 if iso2 in numbered and not _OF_USERS.match(iso2)))


def country_names(iso2: str) -> dict[str, str]:
    """Language → name of the country, in the languages that have one."""
    names = {language: Locale.parse(language).territories.get(iso2) for language in Language.values}
    names["uz"] = _IN_UZBEK.get(iso2, names["uz"])
    if names["uz"]:
        names["uz"] = _OTHER_SIGN.sub("ʼ", _AFTER_O_OR_G.sub("ʻ", names["uz"]))
    return {language: name for language, name in names.items() if name}
