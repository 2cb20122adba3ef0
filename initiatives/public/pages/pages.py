"""What every public page has: validators of HTTP, and the day as of which it is told."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from initiatives.as_of import end_of
from initiatives.editions.record import InitiativeRecord
from initiatives.http import caching
from initiatives.public.filtersets import AS_OF, InitiativeFilterSet


class Page(TemplateResponseMixin, ContextMixin, View):
    """A page that is sent again only if it would differ; see `http.caching`."""

    http_method_names = ["get", "head", "options"]
    # The names of its parameters; the frame of the page tells of any other.
    takes: tuple[str, ...] = ()
    # The public record that the page is about, if it is about one.
    record: InitiativeRecord | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        fresh = caching.freshness(request, record=self.record)
        # What is made for somebody who is signed in is kept for nobody else.
        if fresh.state and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            self.extra_context = {"names_mark": fresh.state.names}
        return caching.answer(request, fresh, lambda: self.made(request, *args, **kwargs))

    def made(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page itself, where the reader does not have it already."""
        return self.render_to_response(self.get_context_data(**kwargs))


@dataclass(frozen=True)
class Known:
    """The day `as_of` that a reader asks for, or what is wrong with it; neither means today."""

    day: date | None = None
    errors: list[str] = field(default_factory=list)

    @classmethod
    def of_query(cls, query: QueryDict) -> "Known":
        if "as_of" not in query:
            return cls()
        filterset = InitiativeFilterSet.of_day(query)
        return cls(filterset.known_on, filterset.errors.get("as_of", []))

    @property
    def at(self) -> datetime | None:
        """The last instant of the day."""
        return None if self.day is None else end_of(self.day)

    @property
    def query(self) -> dict[str, list[str]]:
        """The parameter that keeps an address at this day."""
        return {"as_of": [str(self.day)]} if self.day else {}


class PastPage(Page):
    """A page that also tells what was known on a day: `?as_of=2025-06-30`.

    Of a day that is none, or is still to come, it says so and shows nothing else.
    """

    takes: tuple[str, ...] = AS_OF

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.known = Known.of_query(request.GET)

    def made(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.known.errors:
            return TemplateResponse(request, "initiatives/no_such_day.html", {"known": self.known})
        return super().made(request, *args, known=self.known, **kwargs)
