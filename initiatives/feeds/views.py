"""The addresses that end in .atom."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives import timeline
from initiatives.feeds import atom
from initiatives.following import FollowView, NotUnderstood, Validators, respond
from initiatives.forms.period import PeriodForm
from initiatives.models import Initiative

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
ENTRIES = 50


class InitiativeFeed(FollowView):
    """What changed in the initiatives of a scope, their history included."""

    def answer(self, request, scope):
        entries = timeline.recent(scope.initiatives, until=scope.known_at, limit=ENTRIES)
        return _of_scope(request, scope, entries)


class EventFeed(FollowView):
    """The events of a scope as they stand; each change of an event is an entry of its own."""

    def answer(self, request, scope):
        return _of_scope(request, scope, timeline.recent_events(scope.events, limit=ENTRIES))


class ChangesFeed(FollowView):
    """What changed between two days; what a record held when it became public is no change."""

    scope = staticmethod(lambda request: PeriodForm(request.GET))

    def answer(self, request, form):
        if not form.is_valid():
            raise NotUnderstood(form.errors)
        since, until = form.instants
        entries = timeline.recent(
            Initiative.objects.published(),
            since=since,
            until=until,
            limit=ENTRIES,
            history=False,
        )
        query = urlencode(form.given)
        page = reverse("initiatives:changes")
        return _feed(
            request,
            entries,
            title=_("Changes"),
            page=f"{page}?{query}" if query else page,
            key=f"changes?{query}" if query else "changes",
        )


def _of_scope(request, scope, entries):
    title = _("Changes: %(what)s") % {"what": scope.title}
    return _feed(request, entries, title=title, page=scope.page, key=scope.key)


def _feed(request, entries, **told):
    body = atom.write(entries, request=request, **told)
    newest = max((entry.at for entry in entries), default=None)
    return respond(request, Validators(body, newest), lambda: HttpResponse(body, CONTENT_TYPE))
