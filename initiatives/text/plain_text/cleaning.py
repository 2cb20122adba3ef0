"""A text as it is stored.

One control character in one record turns a whole Atom feed, XLSX or XML export into an error,
so such characters are removed where text enters the database. Invisible signs go with them, and
a letter with its accent is one character (Unicode's form NFC), or two equal texts would differ.
"""

import re
from unicodedata import is_normalized, normalize
from urllib.parse import urlsplit

from initiatives.text.plain_text.invisible import without_invisible

# XML 1.0, section 2.2: the characters that no XML document may contain, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Line breaks of other systems: those that Word and PowerPoint put into what is copied from them
# (U+000B), page breaks, and that of mainframes (U+0085). Without one two words would become one.
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85]")
# C1 controls are legal in XML and still garbage in every reader.
_C1 = re.compile("[\u007f-\u009f]")
_BREAKS = re.compile(r"[\t\n]+")


def clean(text: str) -> str:
    """`text` without controls, lone surrogates, non-characters and invisible signs, in NFC and in
    Unix lines. Cleaning twice changes nothing more."""
    return text if text.isascii() and text.isprintable() else visible(without_controls(text))


def clean_line(text: str) -> str:
    """`clean` for text of one line: tabs and line breaks become spaces, ends are trimmed."""
    return _BREAKS.sub(" ", clean(text)).strip()


def without_controls(text: str) -> str:
    """`text` without what no document may hold, in Unix lines; it may still hold invisible signs
    and letters that are parted from their accents."""
    if text.isprintable():  # so is most of what people write, and it is told at once
        return text
    return _C1.sub("", _NOT_XML.sub("", _LINE_ENDS.sub("\n", text)))


def visible(text: str) -> str:
    """`text` without the signs that nobody sees, in NFC."""
    if text.isascii():
        return text
    text = without_invisible(text)
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def web_address(url: str) -> str:
    """`url` if it is one that may be linked to (http or https), else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
