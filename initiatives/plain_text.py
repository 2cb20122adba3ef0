"""What may stand in a stored text.

One control character in one record turns a whole Atom feed, XLSX or XML export into an error,
so such characters are removed where text enters the database.
"""

import re
from urllib.parse import urlsplit

# XML 1.0, section 2.2: the characters that no XML document may contain, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# C1 controls are legal in XML and still garbage in every reader; U+0085 breaks lines in some.
_C1 = re.compile("[\u007f-\u009f]")
_BREAKS = re.compile(r"[\t\n]+")


def clean(text: str) -> str:
    """`text` without control characters, lone surrogates and non-characters, in Unix lines."""
    if text.isprintable():  # so is most of what people write, and it is told at once
        return text
    return _C1.sub("", _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def clean_line(text: str) -> str:
    """`clean` for text of one line: tabs and line breaks become spaces, ends are trimmed."""
    return text.strip() if text.isprintable() else _BREAKS.sub(" ", clean(text)).strip()


def web_address(url: str) -> str:
    """`url` if it is one that may be linked to (http or https), else nothing."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
