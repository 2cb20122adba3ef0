"""One spelling for many: folds scripts, case, accents and apostrophes into one Latin skeleton.

The search column and the query pass through the same functions, and the database only compares
substrings, so SQLite and PostgreSQL give the same rows. The skeleton follows Uzbek Latin, Kazakh
Latin (2021) and BGN/PCGN romanisation; where they differ (kh, x and q; zh and j; y and i) it keeps
the one letter that all of them can reach. Country names come from the Unicode CLDR.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale

# Capitals are marks for letters whose sound depends on what precedes them: E is е, O is ё, Q is
# ъ or ь. Case is folded before this table is used, so no capital of the text can meet them.
_LETTERS = (
    "аa бb вv гg дd еE ёO жj зz иi йi кk лl мm нn оo пp рr сs тt уu фf хk цts чch шsh щshch ъQ ыi "
    "ьQ эe юiu яia ўo ҳh әa өo үu ұu һh іi їi єie ҷj ҹj ҝg јi љli њni ћch ђj џj "
    "qk xk yi şsh çch ıi əa æae œoe ðd þth ŋn ƣg ' ` ‘ ’ ‛ ′"
)
_MARKS = {"Mn", "Mc", "Me", "Cf"}  # Unicode's categories of accents and of invisible characters
_CONSONANT = "bcdfghjklmnprstvwz"
_UZBEK_YO = re.compile(r"(?<=dar|dun|bun|kim)O(?!nn)")  # дарё, дунё, бунёд, кимё; not одарённый
_RUSSIAN_YO = re.compile(rf"(?<=[{_CONSONANT}Q])O|(?<=\w)O(?=m)")  # партнёр, объём, приём
_YE = re.compile(rf"(?<![{_CONSONANT}])E")  # проект is proyekt, Европа is Yevropa
_KH = re.compile(r"(?<=[kg])h+")  # kazakh, Karaghandy
_ZH = re.compile(r"(?<!d)d*(?:j|zh+)")  # zh, dzh, dj and j are one sound in these names
_CODE = re.compile(r"\b[CС][IІӀИ](?:[-‐-―−]|(?=\d))", re.I)  # of a record, on any keyboard
_REPEATED_I = re.compile(r"\b([vik]+)\b|ii+")  # -iya, -ия, -iy; but II and VII stay numerals

# In small letters alone: BY and IN are countries.
_PASSED_OVER = frozenset(
    "a an and at between by for from in of on or the to with "
    "в во для до за и из к ко на о об от по с со у между "
    "bilan oʻrtasida uchun va және мен пен бен үшін ва билан учун".split()
)

_NOT_PLACES = {"XA", "XB", "ZZ", "QO"}  # CLDR's pseudo-locales, unknown and outlying regions
_DISTINCT = 6  # letters from which any ending may follow; shorter names have ordinary neighbours
_SUFFIX = (  # English -s and the cases of Uzbek and Kazakh
    "(?:s|lik|cha|[nd]i(?:ng?)?|g[ae]|d[ae](?:n|gi)?|[mbp]en"
    "|(?<=[fkpst])(?:ti(?:ng?)?|[kt][ae](?:n|gi)?))?"
)
_Alias = tuple[str, bool, str]  # pattern, must it have a capital in the text? whose name is it?


class _Table(dict[int, str]):
    """What `str.translate` writes for a character; the alphabets are worked out once."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))  # kept for alphabets only: no flood of signs fills the memory
        return self.setdefault(code, plain) if code < 0x3000 else plain


_TABLE = _Table({ord(pair[0]): pair[1:] for pair in _LETTERS.split()})


def _plain(char: str) -> str:
    """The skeleton of one character: "" for marks, " " for what separates words."""
    name = unicodedata.name(char, "")
    if name.startswith("MODIFIER LETTER") or unicodedata.category(char) in _MARKS:
        return ""
    if (parts := unicodedata.normalize("NFKD", char)) != char:
        return parts.translate(_TABLE)
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    if not char.isascii() and name.startswith(("LATIN", "CYRILLIC")):
        return _without_stroke(char, name)
    return char if char.isalnum() else " "


def _without_stroke(char: str, name: str) -> str:
    """The letter under a stroke or hook that Unicode does not decompose (ғ, ø), or ""."""
    try:
        base = unicodedata.lookup(name.split(" WITH ")[0])
    except KeyError:
        return ""
    return _TABLE[ord(base)] if base != char else ""


def fold(text: str) -> str:
    """Return the words of `text` in a-z and 0-9; other scripts keep their letters in lower case.

    Folding twice changes nothing, and no string makes it fail.
    """
    text = unicodedata.normalize("NFKC", text.replace("´", "")).casefold().translate(_TABLE)
    text = _RUSSIAN_YO.sub("E", _UZBEK_YO.sub("io", text)).replace("O", "io")
    text = _YE.sub("ie", text).replace("E", "e").replace("Q", "")
    text = _ZH.sub("j", _KH.sub("", text))
    text = _REPEATED_I.sub(lambda found: found[1] or "i", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def words(query: str, limit: int = 10) -> list[str]:
    """Return the distinct folded words of a query in their order, at most `limit`.

    Small words that only join others are passed over, unless there is nothing else.
    """
    query = _CODE.sub("CI-", query)
    said = " ".join(word for word in query.split() if word not in _PASSED_OVER)
    return list(dict.fromkeys(fold(said).split() or fold(query).split()))[:limit]


def searchable(*texts: str | None) -> str:
    """Return the fold of `texts` and of all names (en, ru, uz, kk) of the countries in them."""
    return _searchable(" ".join(filter(None, texts)))


@lru_cache(maxsize=256)  # a row that is saved and its edition have the same texts
def _searchable(text: str) -> str:
    found = fold(text)
    for code in dict.fromkeys(_mentioned(found, text)):
        for name in _countries()[0][code]:
            found += "" if name in found else f" {name}"
    return found


@cache
def _countries() -> tuple[dict[str, dict[str, None]], dict[str, list[_Alias]]]:
    """Folded names by country code, and aliases by the three letters that no case changes."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    aliases: dict[str, list[_Alias]] = defaultdict(list)
    for locale in ("en", "ru", "uz", "uz_Cyrl", "kk"):
        for code, title in sorted(Locale.parse(locale).territories.items()):
            if len(code) != 2 or code in _NOT_PLACES:
                continue
            title = re.sub(r"\(.*?\)", "", title).strip()
            names[code][name := fold(title)] = None
            for pattern, proper in _patterns(name, title[-1] if locale == "ru" else ""):
                aliases[name[:3]].append((pattern + "(?![^ ])", proper, code))
    return names, aliases


@cache  # a tenth of a second for all of them, and most texts name few countries
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _patterns(name: str, russian_end: str) -> Iterator[tuple[str, bool]]:
    """Yield what matches a name in its cases, and whether it must have a capital in the text."""
    if " " in name:
        loose = re.sub(r"(\w{3,}?)(?:aia|ie|[ai])?(?= |$)", r"\1[^ ]{0,3}", name)
        yield (loose if russian_end else name + "[^ ]{0,6}"), False
    elif len(name) > 3:
        yield (name + "[^ ]*", False) if len(name) >= _DISTINCT else (name + _SUFFIX, True)
        if russian_end and russian_end in "аяы":
            cases = "[^ ]{0,3}" if russian_end == "ы" else "(?:(?<=i)|[aieu]|[oe]i)"
            yield name[:-1] + cases, True
        elif russian_end and russian_end not in "еиоуэю":  # Перу, Чили and the like never change
            yield name + "(?:a|u|e|[oe]m)", True


def _mentioned(folded: str, text: str) -> Iterator[str]:
    """Yield the codes of the countries named, in order; of names that overlap, the longest."""
    proper_words = " ".join(word for word in re.split(r"[\s/‐-―-]", text) if not word.islower())
    capitals = set(fold(proper_words).split())
    end = start = 0
    aliases = _countries()[1]
    for word in folded.split():
        if start >= end and (alike := aliases.get(folded[start : start + 3])):
            hits = [
                (match.end(), code)
                for pattern, proper, code in alike
                if (word in capitals or not proper)
                and (match := _compiled(pattern).match(folded, start))
            ]
            end = max(hits, default=(end, ""))[0]
            yield from (code for stop, code in hits if stop == end)
        start += len(word) + 1
