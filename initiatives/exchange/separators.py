"""Values of a cell that are parted by another sign than the bar: seen, and told with the cure.

`UZ:party,KZ:party` is one text to a reader of lists. Where it cannot be one value, what it says
is refused by a message that shows the cell as it would be right.
"""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PARTED = gettext_lazy("“|” parts values.")
_SHOWN = 80  # characters of a text that a message repeats
_CODES = re.compile(r"\s*[,;/&+\n\r\t\\、，；]\s*|\s+(?:and|и|va|және|или)\s+|\s+(?=\S+:)")
# Where numbers with commas of their own may stand at the end, a code has to follow.
_CODED = re.compile(r"(?:\s*[,;/&+\n\r\t]\s*|\s+)(?=[^\s:,;/&+]{1,60}:)")
_VALUES = re.compile(r"\s*(?:;|/|\n|\r|\t|&|,(?!\d))\s*|\s+(?:and|и|va|және)\s+")
_COMMAS = re.compile(r"\s*,\s*")
_SPACES = re.compile(r"\s")
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.A)  # one number, with commas in it
_SOURCES = re.compile(r"\s*[,;]?\s+|[,;](?=https?:)|[\n\r\t]")
_SHORT_NAMES = re.compile(r"[,;]")
_IDENTIFIERS = re.compile(
    r"\s*[,;]\s*(?=[\w.-]{1,40}:(?!//))|\s*[\n\r\t]\s*|\s+(?=[^\W\d_]{2,20}:\S)"
)
_ALIKE = re.compile(r"\s*[,;/]\s*")
_LETTERS, _DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")
_NUMBERED = re.compile(r"A-?9|9")  # P123456, 47107


def refuse_parted(text: str, *, has_number: bool = False) -> None:
    """Refuse a text that no single code can be, unless it has words: then it may be a name."""
    parts = (_CODED if has_number else _CODES).split(text.strip())
    if not any(_SPACES.search(part.strip()) for part in parts):
        _refuse(text, parts)


def refuse_parted_sources(text: str) -> None:
    text = text.strip()
    is_address = text.startswith(("http:", "https:"))
    parted = _SOURCES.split(text)
    _refuse(text, parted if len(parted) > 1 or is_address else _SHORT_NAMES.split(text))


def refuse_parted_identifiers(text: str) -> None:
    """Values may have commas of their own, so only a second register, or parts that are of the
    same make, show that there are several."""
    parted = _IDENTIFIERS.split(text.strip())
    if len(parted) == 1:
        scheme, _sign, value = text.strip().partition(":")
        parts = _ALIKE.split(value)
        first, *others = {_make(part) for part in parts}
        if not others and _NUMBERED.fullmatch(first):
            parted = [f"{scheme}:{part}" for part in parts]
    _refuse(text, parted)


def refuse_other_separators(text: str, read: Callable) -> None:
    """Refuse `text`, which `read` does not take, if it takes the parts of it.

    A comma may be that of one number, where the number is taken with a point.
    """
    is_amount = _AMOUNT.fullmatch(text.strip()) or _is_read(text.replace(",", "."), read)
    for separator in (_VALUES,) if is_amount else (_VALUES, _COMMAS):
        parts = separator.split(text.strip())
        if len(parts) > 1 and all(part and _is_read(part, read) for part in parts):
            _refuse(text, parts)


def _is_read(text: str, read: Callable) -> bool:
    try:
        read(text)
    except ValidationError:
        return False
    return True


def _make(text: str) -> str:
    """What remains of a text when all letters and all digits are alike."""
    return _DIGITS.sub("9", _LETTERS.sub("A", text))


def _refuse(text: str, parts: list[str]) -> None:
    parts = [part.strip() for part in parts if part and part.strip()]
    if len(parts) > 1:
        shown = text.strip().replace("\n", " ↵ ")  # a break of lines would not be seen as such
        told = {"text": shown[:_SHOWN], "right": "|".join(parts)[:_SHOWN]}
        message = _("“|” parts values. Write “%(right)s” and not “%(text)s”.") % told
        raise ValidationError(message, code="separator")
