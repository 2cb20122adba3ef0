"""The numbers of the points that a session has already."""

import re

from initiatives.choices import Language
from initiatives.models import Event
from initiatives.models.queries import one_of
from initiatives.rights import Rights

_LINE = re.compile(r"^(\d{1,4})\. ", re.MULTILINE)
_WHOLE = re.compile(r"\s*(\d{1,4})\s*")


def is_point_number(text: str) -> bool:
    """Whether `text` is a plain number such as a protocol has."""
    return text.isascii() and _WHOLE.fullmatch(text) is not None


def stored_points(event: Event, *, rights: Rights) -> int:
    """The highest number of a point of `event`, 0 without any; what is no plain number is none.

    The points of records that the officer may not see are not among them.
    """
    seen = event.initiatives.filter(one_of(rights.initiatives().order_by()))
    named = seen.values_list("protocol_reference", flat=True)
    parts = (part for text in named for part in (text or "").split(","))
    texts = (getattr(event, f"outcome_{code}") or "" for code in Language.values)
    numbers = [int(one[1]) for one in map(_WHOLE.fullmatch, parts) if one]
    numbers += [int(one) for text in texts for one in _LINE.findall(text)]
    return max(numbers, default=0)
