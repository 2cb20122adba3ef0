"""What tells of persons, or lets somebody in, is taken out of what is logged.

Only texts are looked at, so this is the second line of defence; the first one is to log none of it.
Codes of records, digests in lower case and numbers of requests stay.
"""

import re
from re import Match

GONE = "…"
_NAMED = r"password|passwd|secret|token|sessionid|session_key|csrfmiddlewaretoken|api_?key|dsn"
_RULES = (
    # Headers, to the end of their line.
    (re.compile(r"(?i)\b(cookie|authorization)(['\"]?\s*[=:]).*"), rf"\1\2 {GONE}"),
    # Who an address of a database or a cache lets in.
    (re.compile(r"(\w://)[^\s/@]+@"), rf"\1{GONE}@"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), f"{GONE}@{GONE}"),
    (re.compile(r"(?<=[\w/])\?[\w%\[][^\s\"'<>]*"), f"?{GONE}"),
    (re.compile(rf"(?i)\b(\w*(?:{_NAMED}))(['\"]?\s*[=:]\s*)[^\s,;&)]+"), rf"\1\2{GONE}"),
    # What Django signs, and the links of first passwords.
    (re.compile(r"[\w-]+:[\w-]{6}:[\w-]{27,}"), GONE),
    (re.compile(r"\b[0-9a-z]{1,13}-[0-9a-f]{32}\b"), GONE),
)
_LONG = re.compile(r"[A-Za-z0-9_-]{20,}")
_DIGEST = re.compile(r"[0-9a-f-]+")


def clean(text: str) -> str:
    """`text` without mail addresses, tokens, keys of sessions, cookies and query strings."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return _LONG.sub(_unless_known, text)


def _unless_known(found: Match[str]) -> str:
    """What has letters and digits as chance mixes them is a key: in two cases, or in 32 signs."""
    word = found[0]
    if _DIGEST.fullmatch(word) or not any(map(str.isdigit, word)):
        return word
    mixed = any(map(str.islower, word)) and any(map(str.isupper, word))
    return GONE if mixed or (len(word) == 32 and word.isalnum()) else word
