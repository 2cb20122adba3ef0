"""SESSION_ENGINE: a session at the desk ends without work, and some hours after the sign-in.

It is kept as Django keeps it, with two instants of its own. Whoever signs in, by whichever door,
has them; what only asks by itself, such as the note who else has a form open, is no work.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError
from django.http import HttpRequest

STARTED, SEEN = "signed_in_at", "seen_at"  # in seconds since 1970
DEVICE, ADDRESS = "device", "address"  # as the sign-in told them
TOLD_EVERY = 120  # seconds; to write with each request would cost more than it tells
BY_ITSELF = "_presence"  # how the name of an address ends that scripts ask without the officer


class SessionStore(db.SessionStore):
    """Gives nothing of a session whose time is over, as if it were not there."""

    def load(self) -> dict[str, Any]:
        data = super().load()
        if is_over(data):
            self._session_key = None
            return {}
        return data

    def save(self, must_create: bool = False) -> None:
        data: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # the stubs lack it
        if SESSION_KEY in data and STARTED not in data:
            data[STARTED] = data[SEEN] = int(time())
        super().save(must_create)


def is_over(data: dict[str, Any]) -> bool:
    """Whether the session with this `data` has ended by itself. One without a sign-in does not."""
    if SESSION_KEY not in data or STARTED not in data:
        return False
    idle, age = time() - data[SEEN], time() - data[STARTED]
    return idle >= settings.SESSION_IDLE or age >= settings.SESSION_LONGEST


def at_work(view: Callable[..., Any]) -> Callable[..., Any]:
    """`view`, which shows that the officer is at work, unless a script asks for it by itself."""

    @wraps(view)
    def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        match = request.resolver_match
        if match is not None and not (match.url_name or "").endswith(BY_ITSELF):
            _note(request, int(time()))
        return view(request, *args, **kwargs)

    return noted


def _note(request: HttpRequest, now: int) -> None:
    if now - request.session.get(SEEN, 0) < TOLD_EVERY:
        return
    request.session[SEEN] = now
    with suppress(UpdateError, DatabaseError):  # signed out meanwhile, or nothing can be written
        request.session.save()
    request.session.modified = False  # else the middleware saves it once more
