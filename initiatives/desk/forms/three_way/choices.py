"""“Keep mine” or “take theirs”, chosen beside a conflict and done with the next save.

What theirs is travels with the form. So the choice is of just what was shown.
"""

import json
import re
from typing import Any

from django.http import QueryDict

TAKE, THEIRS = "take-", "theirs-"


def as_text(values: dict[str, list[str]]) -> str:
    """What a browser would send for the field if theirs stood in it, for a hidden field."""
    return json.dumps(values, ensure_ascii=False)


def apply_choices(data: QueryDict) -> QueryDict:
    """A copy of the POST data in which every “take theirs” is done and no choice is left."""
    merged = data.copy()
    for name in data:
        if name.startswith((TAKE, THEIRS)):
            del merged[name]
    for name in (name.removeprefix(TAKE) for name in data if name.startswith(TAKE)):
        if data[TAKE + name] == "theirs":
            _put(merged, name, data.get(THEIRS + name, ""))
    return merged


def _put(data: QueryDict, name: str, text: str) -> None:
    for part, texts in _values(text).items():
        if re.fullmatch(rf"{re.escape(name)}(_\d)?", part) and isinstance(texts, list):
            data.setlist(part, [str(item) for item in texts])
            if not texts:
                del data[part]


def _values(text: str) -> dict[str, Any]:
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}
