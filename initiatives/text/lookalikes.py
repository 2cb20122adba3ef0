"""Letters of another alphabet that look like Latin ones, in codes: “КZ” with a Cyrillic К.

`folding` writes what letters sound like, so that a search finds names. Here is what they look like,
so that a code is told apart which nobody can see to be wrong. The pairs are those of Unicode's list
of confusables (UTS 39) for Cyrillic and Greek, and its dashes.
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from django.utils.translation import gettext as _

_SHOWN = 60  # characters of a code that are compared or repeated
_PAIRS = (
    "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ԚQ ԜW ҮY ӀI ЗZ ҒF ҺH "
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԛq ԝw үy ӏl зz һh ԁd ғf гr пn "
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC αa εe ιi κk νv οo ρp τt υu χx ϲc ϳj "
    "‐- ‑- ‒- –- —- ―- −- ﹣- －- ıi"
)
_LATIN = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def latin(code: str) -> str:
    """`code` with Latin letters for those that look like them, and with plain digits and dashes."""
    return code if code.isascii() else unicodedata.normalize("NFKC", code).translate(_LATIN)


def strange_letter(code: str) -> str:
    """The first letter of `code` that only looks like a Latin one, in words; or nothing."""
    for place, sign in enumerate(code, start=1):
        if not sign.isascii() and latin(sign).isascii():
            told = {"sign": sign, "place": place, "number": f"U+{ord(sign):04X}"}
            return _kind(sign) % told
    return ""


def _kind(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if name.startswith("CYRILLIC"):
        return _("Character %(place)d, “%(sign)s”, is a Cyrillic letter.")
    if name.startswith("GREEK"):
        return _("Character %(place)d, “%(sign)s”, is a Greek letter.")
    return _("Character %(place)d, “%(sign)s”, is %(number)s and not on the keyboard.")


def nearest(code: str, known: Iterable[str]) -> str:
    """The known code that is most like `code`, whatever the case and alphabet of its letters, or
    nothing."""
    folded = {one.casefold(): one for one in known}
    meant = latin(code[:_SHOWN]).casefold()
    if meant in folded:
        return folded[meant]
    found = get_close_matches(meant, folded, n=1, cutoff=0.5)
    return folded[found[0]] if found else ""
