"""Signs that mean the same wherever they stand."""

import re
import unicodedata

# Hyphens, dashes and the minus sign (U+2212), as keyboards, spreadsheets and texts have them.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻ`´′＇"), "'")
_SAME = _DASHES | _APOSTROPHES
_SPACES = re.compile(r"\s+")


def plain_signs(text: str) -> str:
    """`text` in small letters, with one kind of space, dash and apostrophe.

    Signs that nobody sees (byte order marks, zero-width spaces, directions) say nothing here.
    """
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf")
    composed = unicodedata.normalize("NFC", seen).translate(_SAME)
    return _SPACES.sub(" ", composed).strip().casefold()
