"""The numbers of the points that a session has already."""

import re

from initiatives.choices import Language
from initiatives.models import Event

_LINE = re.compile(r"^(\d{1,4})\. ", re.MULTILINE)
_WHOLE = re.compile(r"\s*(\d{1,4})\s*")


def stored_points(event: Event) -> int:
    """The highest number of a point of `event`, 0 without any; what is no plain number is none."""
    named = event.initiatives.values_list("protocol_reference", flat=True)
    parts = (part for text in named for part in (text or "").split(","))
    texts = (getattr(event, f"outcome_{code}") or "" for code in Language.values)
    numbers = [int(one[1]) for one in map(_WHOLE.fullmatch, parts) if one]
    numbers += [int(one) for text in texts for one in _LINE.findall(text)]
    return max(numbers, default=0)
