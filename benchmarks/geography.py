"""Names of places in the four languages, as CLDR has them: words for titles, and countries."""

from functools import cache

from babel import Locale
from babel.core import get_global

from benchmarks.vocabulary import LANGUAGES, PLACES, Texts

# The register's own neighbourhood first, since the first are the most frequent.
COUNTRIES = (
    "UZ KZ KG TJ TM AZ RU CN TR KR AF JP DE IN AE US FR GB IT SA QA KW PK IR GE AM BY UA PL CZ HU "
    "AT CH NL BE ES SE FI NO DK LT LV EE MN VN ID MY SG TH BD LK EG JO IL OM BH RO BG RS GR"
).split()


@cache
def cities() -> list[Texts]:
    """Those of the vocabulary, and those that stand for a time zone and have a name in each
    language."""
    english, *others = (Locale.parse(language).time_zones for language in LANGUAGES)
    known = dict.fromkeys(PLACES)
    for zone in sorted(others[0]):
        names = [one.get(zone, {}).get("city") for one in others]
        if all(names) and not zone.startswith("Etc/"):
            known[english.get(zone, {}).get("city", _plain(zone)), *names] = None
    return list(known)


def _plain(zone: str) -> str:
    """The city in the name of a zone, which is English unless CLDR has another name."""
    return zone.rpartition("/")[2].replace("_", " ")


def country_names(iso2: str) -> Texts:
    return tuple(Locale.parse(language).territories[iso2] for language in LANGUAGES)


@cache
def iso3_codes() -> dict[str, str]:
    """By the code of two letters that of three (ISO 3166-1)."""
    aliases = get_global("territory_aliases").items()
    return {
        to[0]: code for code, to in aliases if len(code) == 3 and code.isalpha() and len(to) == 1
    }
