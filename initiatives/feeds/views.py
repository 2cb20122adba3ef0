"""The addresses that end in .atom."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives import timeline
from initiatives.feeds import atom
from initiatives.filtersets.period import PeriodForm
from initiatives.filtersets.slipped import slips_of
from initiatives.http import caching
from initiatives.subscriptions import FollowView, SlippedScope, changes_in, period, slipped
from initiatives.subscriptions.scope import Scope
from initiatives.timeline.entry import Entry

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
ENTRIES = 50


class InitiativeFeed(FollowView):
    """What changed in the initiatives of a scope, their history included."""

    def answer(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._feed(request, scope))

    def _feed(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        entries = timeline.recent(scope.find, at=scope.at, until=scope.at, limit=ENTRIES)
        return _of_scope(request, scope, entries)


class EventFeed(FollowView):
    """The events of a scope as they stand; each change of an event is an entry of its own."""

    def answer(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._feed(request, scope))

    def _feed(self, request: HttpRequest, scope: Scope) -> HttpResponseBase:
        return _of_scope(request, scope, timeline.recent_events(limit=ENTRIES))


class ChangesFeed(FollowView):
    """What changed between two days; what a record held when it became public is no change."""

    scope = staticmethod(period)

    def answer(self, request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._feed(request, form))

    def _feed(self, request: HttpRequest, form: PeriodForm) -> HttpResponseBase:
        query = f"?{urlencode(form.given)}" if form.given else ""
        return _feed(
            request,
            changes_in(form)[:ENTRIES],
            title=_("Changes"),
            page=reverse("initiatives:changes") + query,
            key=f"changes{query}",
        )


class SlippedFeed(FollowView):
    """Each move of the promised dates that the page of what slipped shows."""

    scope = staticmethod(slipped)

    def answer(self, request: HttpRequest, scope: SlippedScope) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._feed(request, scope))

    def _feed(self, request: HttpRequest, scope: SlippedScope) -> HttpResponseBase:
        with slips_of(scope.filterset) as slips:
            keys = slips.entries(scope.filterset.direction, ENTRIES)
        entries = timeline.entries_of(keys)
        return _feed(request, entries, title=scope.title, page=scope.page, key=scope.key)


def _of_scope(request: HttpRequest, scope: Scope, entries: list[Entry]) -> HttpResponseBase:
    title = _("Changes: %(what)s") % {"what": scope.title}
    return _feed(request, entries, title=title, page=scope.page, key=scope.key)


def _feed(request: HttpRequest, entries: list[Entry], **told: str) -> HttpResponseBase:
    return HttpResponse(atom.write(entries, request=request, **told), CONTENT_TYPE)
