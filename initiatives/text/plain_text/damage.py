"""What happened to a text before it came here, so that it is no text any more.

Each kind is found by what nobody writes. A real text is never called wrong for its words: the
tests hold all texts of the catalogues and of the first data against it.
"""

import re

from django.utils.translation import gettext as _

from initiatives.text.plain_text.error_values import error_value
from initiatives.text.plain_text.lost_letters import lost_letters
from initiatives.text.plain_text.mojibake import decoded

_C1 = re.compile("[\x80-\x9f]")
_SHOWN = 200  # characters of a text that a message repeats


def damage(text: str, *, separator: str = "") -> str:
    """What is wrong with `text` and what to do about it, in words; empty where nothing is.

    `separator` parts the values of a list. The text is looked at as it came, before it is cleaned.
    """
    if value := error_value(text, separator=separator):
        message = _("“%(value)s” is an error of a spreadsheet, not a text. Write what is meant.")
        return message % {"value": value[:_SHOWN]}
    if _C1.sub("", text).isascii():  # a control alone is told as one
        return _lost(text) if "?" in text else ""
    right = decoded(text)
    return _encoded_twice(right) if right != text else _lost(text)


def _encoded_twice(right: str) -> str:
    if "\ufffd" in right:
        return _("This text was encoded twice, and letters of it were lost. Type it again.")
    shown = right if len(right) <= _SHOWN else f"{right[:_SHOWN]}…"
    message = _("This text was encoded twice. It should read “%(right)s”. Write it so.")
    return message % {"right": shown}


def _lost(text: str) -> str:
    if not (words := lost_letters(text)):
        return ""
    message = _(
        "Letters were lost here: “%(words)s”. Take the text from its source again, and save a table"
        " as CSV UTF-8 or XLSX. If a question mark is meant, put a space after it."
    )
    return message % {"words": " ".join(words)[:_SHOWN]}
