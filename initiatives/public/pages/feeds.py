"""The page beside a feed: what the feed holds, its address, and how to follow it."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from initiatives.http import caching, page_sizes
from initiatives.http.problems import Problem
from initiatives.public.pages.inner_lists import inner_list
from initiatives.public.subscriptions import FollowView
from initiatives.public.subscriptions.contents import ENTRIES
from initiatives.timeline.days import by_day

SHOWN = 10  # entries on a page; on a telephone fifty would be twenty screens


class FeedPage(FollowView):
    """Of what `scope` gives, the same entries as the `feed`, for people."""

    feed: Any = None  # a `Feed`
    takes_too = ("entries",)

    def answer(self, request: HttpRequest, scope: Any) -> HttpResponseBase:
        fresh = caching.freshness(request)
        return caching.answer(request, fresh, lambda: self._page(request, scope))

    def _page(self, request: HttpRequest, scope: Any) -> TemplateResponse:
        contents = self.feed.contents(scope)
        part = inner_list(
            request,
            "entries",
            len(contents.entries),
            size=SHOWN,
            takes=(*self._asks, *self.takes_too),
        )
        address = self._address(request)
        is_past = getattr(scope, "at", None) is not None
        context = {
            "contents": contents,
            "feed": address,
            "feed_address": request.build_absolute_uri(address),
            "days": by_day(contents.entries[part.start : part.stop]),
            "links": part.links,
            "most": ENTRIES if len(contents.entries) == ENTRIES else None,
            "by_mail": self.feed.by_mail and not is_past,
        }
        return TemplateResponse(request, "feeds/feed.html", context)

    @property
    def _asks(self) -> tuple[str, ...]:
        """The parameters that say what the feed is of."""
        return tuple(name for name in self.scope.takes if name not in page_sizes.NAMES)

    def _address(self, request: HttpRequest) -> str:
        """Of the feed, with what was asked for and nothing else."""
        asked = {
            name: [value for value in values if value]
            for name, values in request.GET.lists()
            if name in self._asks
        }
        query = urlencode(asked, doseq=True)
        path = reverse(f"follow:{self.feed.name}-feed", kwargs=self.kwargs)
        return f"{path}?{query}" if query else path

    def refused(self, request: HttpRequest, problem: Problem) -> HttpResponseBase:
        """What could not be understood is told on a page without entries; what is no more, as the
        page of the thing itself would."""
        if problem.status == 404:
            raise Http404(problem.detail)
        status = 200 if problem.status == 400 else problem.status
        context = {"problem": problem}
        return TemplateResponse(request, "feeds/refused.html", context, status=status)
