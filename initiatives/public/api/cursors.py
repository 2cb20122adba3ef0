"""Cursors: where in a list the next page begins, sealed so that nobody can write one."""

import json
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from initiatives.http.problems import Problem
from initiatives.public.api.refusals import wrong

_SALT = "initiatives.api.cursors"  # as in places that programs hold already
_LONGEST = 6_000  # a sealed title of 250 letters in any script is shorter


def sealed(question: list[Any], place: list[Any]) -> str:
    """`place`, for the list that answers `question` only."""
    plain = json.loads(json.dumps([_short(question), *place], cls=_Exact))
    return Signer(salt=_SALT).sign_object(plain, compress=True)


def opened(text: str, question: list[Any]) -> list[Any] | None:
    """The place in `text`; None if that is empty. Raises Problem (400) for a wrong one."""
    if not text:
        return None
    try:
        if len(text) > _LONGEST:
            raise BadSignature
        asked, *place = Signer(salt=_SALT).unsign_object(text)
    except BadSignature:
        raise strange() from None
    if asked != _short(question):
        message = _("This cursor belongs to another list. Begin this one without a cursor.")
        raise wrong({"cursor": [message]})
    return place


def strange() -> Problem:
    message = _("This is not one of our cursors. Take it from “next” or “previous” of a page.")
    return wrong({"cursor": [message]})


def _short(question: list[Any]) -> str:
    return sha256(json.dumps(question).encode()).hexdigest()[:16]


class _Exact(json.JSONEncoder):
    """Instants with all their digits, partial dates in their text form."""

    def default(self, value: object) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)
