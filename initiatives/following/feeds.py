"""Which feed a reader follows by mail: its address, understood and written in one way."""

import re
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from initiatives.choices import Language
from initiatives.http.problems import Problem, refuse
from initiatives.http.repeated import single_value
from initiatives.public.filtersets import unknown
from initiatives.public.subscriptions import Moved, Scope
from initiatives.public.subscriptions.contents import FEEDS
from initiatives.text.plain_text import clean

LONGEST = 1000  # characters of an address
EVERYTHING = "/initiatives.atom"
_PREFIX = re.compile(rf"/(?:{'|'.join(Language.values)})(?=/)")
_FOLLOWED = tuple(feed.scope for feed in FEEDS if feed.by_mail)
_NO_MAIL = ("sort", "as_of")  # a mail has its own order, and a day of the past does not change


class Followed(NamedTuple):
    """`feed` is the address without a language, in the one form in which it is kept."""

    feed: str
    scope: Scope


def followed(address: str) -> Followed:
    """What the feed at `address` tells of, in the language that is active. The address may have a
    language before it. Raises Problem where it is none, or no more."""
    if len(address) > LONGEST:
        raise Problem(400, _("There are too many filters to follow by email. Choose fewer."))
    path, _sign, query = _PREFIX.sub("", address, count=1).partition("?")
    scope_of, kwargs = _scope_at(path)
    request = HttpRequest()
    request.GET = QueryDict(query)
    if single_value(request.GET, "as_of"):
        raise Problem(400, _("A day of the past does not change. Follow the list as it is today."))
    refuse(unknown(request, scope_of.takes))
    try:
        scope = scope_of(request, **kwargs)
    except Moved as other:
        scope = scope_of(request, **other.kwargs)
    place, _sign, state = scope.key.partition("?")
    kept = urlencode([one for one in parse_qsl(state) if one[0] not in _NO_MAIL])
    feed = f"/{place}.atom" + (f"?{kept}" if kept else "")
    if len(feed) > LONGEST:
        raise Problem(400, _("There are too many filters to follow by email. Choose fewer."))
    return Followed(feed, scope)


def _scope_at(path: str) -> tuple[Any, dict[str, Any]]:
    if clean(path) != path:  # no address of ours, and what PostgreSQL may not be asked for
        raise _nothing()
    try:
        match = resolve(path)
    except Resolver404:
        raise _nothing() from None
    scope_of = getattr(match.func, "view_initkwargs", {}).get("scope")
    if scope_of not in _FOLLOWED:
        raise _nothing()
    return scope_of, match.kwargs


def _nothing() -> Problem:
    return Problem(404, _("There is nothing at this address that can be followed by email."))
