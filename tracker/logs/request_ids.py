"""Each request has a number, which stands in its answer and in all lines that tell of it."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

NONE = "-"  # of what no request asked for
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)
_current = ContextVar("request_id", default=NONE)


def request_id() -> str:
    """The number of the request that this thread answers."""
    return _current.get()


def begin(number: str) -> None:
    _current.set(number)


def number_of(meta: Mapping[str, Any], proxies: int) -> str:
    """What a proxy of our own has numbered the request with, if it can be a number, else a new one.

    Without a proxy the header comes from the client, who may write anything.
    """
    given = meta.get("HTTP_X_REQUEST_ID", "") if proxies else ""
    return given if _SANE.fullmatch(given) else uuid4().hex
