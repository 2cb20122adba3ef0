"""Where an officer is signed in: the list of sessions, and ending them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from initiatives.actions.accounts import officers
from initiatives.desk.admin.sign_in.sessions import ADDRESS, DEVICE, SEEN, STARTED, is_over


@dataclass(frozen=True)
class OpenSession:
    """One session; `mark` names it on a page without letting anybody in."""

    mark: str
    device: str
    address: str
    started: datetime | None
    seen: datetime | None
    is_here: bool


def sessions_of(user: User, here: str | None = None) -> list[OpenSession]:
    """The sessions of `user` that are open, this one (with the key `here`) first."""
    found = [one for _key, one in _open(user, here)]
    return sorted(
        found,
        key=lambda one: (one.is_here, one.seen or datetime.min.replace(tzinfo=UTC)),
        reverse=True,
    )


def end_one(request: HttpRequest, mark: str) -> None:
    """End the session that the page called `mark`; one that is no longer there has ended."""
    user = cast(User, request.user)
    for key, one in _open(user, request.session.session_key):
        if constant_time_compare(one.mark, mark) and not one.is_here:
            officers.end_session(user, key)
    messages.success(request, _("The session is ended."))


def end_others(request: HttpRequest) -> None:
    """End all sessions of the officer but this one."""
    user = cast(User, request.user)
    officers.end_sessions(user, by=user, but=request.session.session_key)
    messages.success(request, _("You are signed in here alone now."))


def _open(user: User, here: str | None) -> Iterator[tuple[str, OpenSession]]:
    for key, data in officers.sessions_of(user):
        if not is_over(data):
            yield (
                key,
                OpenSession(
                    mark=salted_hmac("own session", key).hexdigest()[:20],
                    device=data.get(DEVICE, ""),
                    address=data.get(ADDRESS, ""),
                    started=_instant(data.get(STARTED)),
                    seen=_instant(data.get(SEEN)),
                    is_here=key == here,
                ),
            )


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
