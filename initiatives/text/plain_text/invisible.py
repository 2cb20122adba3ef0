"""Signs that nobody sees: which of them a text may hold.

They come with texts that are copied from pages, mails and PDF, and make two texts differ that
look alike, or one text look like another. Unicode calls most of them “default ignorable”. What is
not kept:

- controls of direction (a page isolates each text by `dir`), spaces without width, soft hyphens,
  tags, fillers, marks of annotations and embedded objects;
- private signs, which mean something in one font only;
- line and paragraph separators, which become line breaks.

Three kinds are kept where they do something: joiners in the scripts that join and in emoji,
variation selectors behind emoji and ideographs, and Mongolian's own behind Mongolian letters.
Signs that Unicode has not assigned stay: its next edition may make letters of them.
"""

import re
from collections.abc import Iterator
from unicodedata import category, name

_SEPARATORS = "\u2028\u2029"
_NEVER_IN_FIRST_PLANE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffc"
)
_NEVER = (
    f"{_NEVER_IN_FIRST_PLANE}\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff\U000f0000-\U0010ffff"
)
_JOINERS = "\u200c\u200d"
_MONGOLIAN = "\u180b-\u180f"
_SELECTORS = "\ufe00-\ufe0f"
_OF_IDEOGRAPHS = "\U000e0100-\U000e01ef"
_SOMETIMES_IN_FIRST_PLANE = f"{_JOINERS}{_MONGOLIAN}{_SELECTORS}"
_SOMETIMES = f"{_SOMETIMES_IN_FIRST_PLANE}{_OF_IDEOGRAPHS}"
_ANY = re.compile(f"[{_SEPARATORS}{_NEVER}{_SOMETIMES}]")
# Nearly no text has one, and this tells it four times as fast: Python looks up in a table what lies
# in the first plane, and compares with each range beyond it, of which this has one.
_MAYBE = re.compile(
    f"[{_SEPARATORS}{_NEVER_IN_FIRST_PLANE}{_SOMETIMES_IN_FIRST_PLANE}\U00010000-\U0010ffff]"
)
_AWAY = re.compile(f"[{_NEVER}]")
_BY_CONTEXT = re.compile(f"[{_SOMETIMES}]")
_BREAK = re.compile(f"[{_SEPARATORS}]")

# Arabic to Burmese, Khmer and Mongolian to Batak, Arabic's presentation forms: letters that join.
_JOINING = re.compile(
    "[\u0600-\u109f\u1780-\u1c7f\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff]"
)
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_EMOJI_SELECTOR = "\ufe0f"


def without_invisible(text: str) -> str:
    """`text` without the signs that nobody sees, and with line breaks for separators."""
    if not _MAYBE.search(text) or not _ANY.search(text):
        return text
    text = _AWAY.sub("", _BREAK.sub("\n", text))
    return "".join(_kept(text)) if _BY_CONTEXT.search(text) else text


def taken_out(text: str) -> list[str]:
    """The distinct signs that `without_invisible` takes out or replaces, as they come."""
    if text.isascii() or not _MAYBE.search(text) or not _ANY.search(text):
        return []
    bare = _BREAK.sub("\n", text)
    lost = [sign for sign in _ANY.findall(text) if not _BY_CONTEXT.match(sign)]
    kept = list(_kept(_AWAY.sub("", bare)))
    lost += [
        sign
        for sign in dict.fromkeys(_BY_CONTEXT.findall(text))
        if kept.count(sign) < text.count(sign)
    ]
    return list(dict.fromkeys(lost))


def names(signs: list[str]) -> str:
    """How Unicode calls them: “U+200B ZERO WIDTH SPACE, U+00AD SOFT HYPHEN”."""
    return ", ".join(f"U+{ord(sign):04X} {name(sign, '')}".strip() for sign in signs)


def _kept(text: str) -> Iterator[str]:
    """The characters of `text` without joiners and selectors that have nothing to do."""
    before = ""
    for place, sign in enumerate(text):
        if not _BY_CONTEXT.match(sign) or _works(sign, before, text[place + 1 : place + 2]):
            yield sign
            before = sign


def _works(sign: str, before: str, after: str) -> bool:
    if not before or (_BY_CONTEXT.match(before) and before != _EMOJI_SELECTOR):
        return False
    if sign in _JOINERS:
        is_emoji = before == _EMOJI_SELECTOR or category(before) == "So" or _SKIN.match(before)
        return bool(_JOINING.match(before) or (is_emoji and after and category(after) == "So"))
    if "\u180b" <= sign <= "\u180f":
        return "\u1800" <= before <= "\u18af"
    if category(before) == "Lo":
        return before >= "\u2e80" and not _JOINING.match(before)
    return "\ufe0e" <= sign <= "\ufe0f" and (category(before)[0] in "SPN" or before > "\u2000")
