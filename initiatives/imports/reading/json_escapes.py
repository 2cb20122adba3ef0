"""Escapes of a JSON that name half a character, which the parser would turn into other signs."""

import re
from collections.abc import Iterator

# A first half (U+D800 to U+DBFF) without its second one; an even number of backslashes before
# the escape are themselves escaped.
_HALF = re.compile(r"(?<!\\)(?:\\\\)*\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])")
_OPEN = re.compile(r"\\+(?:u[0-9a-fA-F]{0,4}(?:\\u?[0-9a-fA-F]{0,3})?)?\Z")
_LONGEST = 200  # characters at the end of a piece in which an escape may be open


def half_at(text: str) -> int | None:
    """Where the first of them stands."""
    found = _HALF.search(text) if "\\u" in text else None
    return found and found.start()


def with_whole_escapes(pieces: Iterator[str]) -> Iterator[str]:
    """The same text, cut so that no escape is parted."""
    rest = ""
    for piece in pieces:
        text = rest + piece
        opened = _OPEN.search(text, max(0, len(text) - _LONGEST))
        end = opened.start() if opened else len(text)
        rest = text[end:]
        if end:
            yield text[:end]
    if rest:
        yield rest
