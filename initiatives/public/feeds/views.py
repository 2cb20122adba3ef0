"""The addresses that end in .atom."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from initiatives.http import caching
from initiatives.public.feeds import atom
from initiatives.public.subscriptions import FollowView
from initiatives.public.subscriptions.contents import Contents

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class FeedView(FollowView):
    """Of what `scope` gives, what `contents` says; see `public.subscriptions.contents.Feed`."""

    contents: Callable[[Any], Contents] | None = None

    def answer(self, request: HttpRequest, scope: Any) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._feed(request, scope))

    def _feed(self, request: HttpRequest, scope: Any) -> HttpResponse:
        assert self.contents is not None, self.scope  # its address gives it
        return HttpResponse(atom.write(self.contents(scope), request=request), CONTENT_TYPE)
