"""What the views of feeds, calendars and changes have in common."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View

from initiatives.http.problems import Problem, all_of, refuse
from initiatives.http.records import moved_to
from initiatives.public.filtersets import unknown
from initiatives.public.subscriptions.scopes import Moved


class FollowView(View):
    """Answers for one `scope`, a function that `takes` parameters; subclasses write the answer.

    `takes_too` are parameters of the answer itself, which the scope does not know.
    """

    http_method_names = ["get", "head", "options"]
    scope: Any = None
    takes_too: tuple[str, ...] = ()

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            _known, scope = all_of(
                lambda: refuse(unknown(request, (*self.scope.takes, *self.takes_too))),
                lambda: self.scope(request, **kwargs),
            )
            return self.answer(request, scope)
        except Moved as other:
            return moved_to(request, **other.kwargs)
        except Problem as problem:
            return self.refused(request, problem)

    def refused(self, request: HttpRequest, problem: Problem) -> HttpResponseBase:
        """The answer to what cannot be answered: for machines, unless a subclass says otherwise."""
        return problem.response(request)

    def answer(self, request: HttpRequest, scope: Any) -> HttpResponseBase:
        raise NotImplementedError
