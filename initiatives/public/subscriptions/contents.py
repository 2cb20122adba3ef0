"""What a feed holds: the same entries for the file and for the page beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives import timeline
from initiatives.public.filtersets.period import PeriodForm
from initiatives.public.filtersets.slipped import slips_of
from initiatives.public.subscriptions import scopes
from initiatives.public.subscriptions.changes import changes_in
from initiatives.public.subscriptions.scope import Scope
from initiatives.public.subscriptions.slipped import SlippedScope, slipped
from initiatives.timeline.entry import Entry

ENTRIES = 50


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The newest `entries`. `page` is the path of the page that shows the same, `key` part of
    the id of the feed; `what` is what it is about, `title` the title of the feed."""

    what: str
    title: str
    page: str
    key: str
    entries: list[Entry]


class Feed(NamedTuple):
    """A feed at `address`.atom: of what `scope` gives, it holds what `contents` says. Whether the
    same can be followed by mail says `by_mail`."""

    name: str
    address: str
    scope: Callable[..., Any]
    contents: Callable[[Any], Contents]
    by_mail: bool = False


def of_initiatives(scope: Scope) -> Contents:
    """What changed in the initiatives of a scope, their history included."""
    return _of_scope(scope, timeline.recent(scope.find, at=scope.at, until=scope.at, limit=ENTRIES))


def of_events(scope: Scope) -> Contents:
    """The events of a scope as they stand; each change of an event is an entry of its own."""
    return _of_scope(scope, timeline.recent_events(limit=ENTRIES))


def of_changes(form: PeriodForm) -> Contents:
    """What changed between two days; what a record held when it became public is no change."""
    query = f"?{urlencode(form.given)}" if form.given else ""
    return Contents(
        what=_("Changes"),
        title=_("Changes"),
        page=reverse("initiatives:changes") + query,
        key=f"changes{query}",
        entries=changes_in(form)[:ENTRIES],
    )


def of_slipped(scope: SlippedScope) -> Contents:
    """Each move of the promised dates that the page of what slipped shows."""
    with slips_of(scope.filterset) as slips:
        keys = slips.entries(scope.filterset.direction, ENTRIES)
    return Contents(
        what=scope.title,
        title=scope.title,
        page=scope.page,
        key=scope.key,
        entries=timeline.entries_of(keys),
    )


def _of_scope(scope: Scope, entries: list[Entry]) -> Contents:
    title = _("Changes: %(what)s") % {"what": scope.title}
    return Contents(what=scope.title, title=title, page=scope.page, key=scope.key, entries=entries)


FEEDS = (
    Feed("changes", "changes", scopes.period, of_changes),
    Feed("slipped", "slipped", slipped, of_slipped),
    Feed("events", "events", scopes.events, of_events),
    Feed("event", "events/<str:slug>", scopes.event, of_initiatives),
    *(
        Feed(name, address, scope, of_initiatives, by_mail=True)
        for name, address, scope in (
            ("initiatives", "initiatives", scopes.search),
            ("initiative", "initiatives/<str:code>", scopes.record),
            ("country", "countries/<str:iso2>", scopes.country),
            ("pair", "pairs/<str:first>-<str:second>", scopes.pair),
            ("sector", "sectors/<str:slug>", scopes.sector),
        )
    ),
)
