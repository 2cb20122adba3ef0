"""What may stand in a stored text, and how to tell a text that something happened to.

clean(text), clean_line(text)     the text as it is stored
taken_out(text)                   the invisible signs that it loses by that
damage(text)                      what is wrong with it in words: letters lost, encoded twice
web_address(url)                  the address if it may be linked to
"""

from initiatives.text.plain_text.cleaning import (
    clean,
    clean_line,
    visible,
    web_address,
    without_controls,
)
from initiatives.text.plain_text.damage import damage
from initiatives.text.plain_text.invisible import names, taken_out

__all__ = [
    "clean",
    "clean_line",
    "damage",
    "names",
    "taken_out",
    "visible",
    "web_address",
    "without_controls",
]
