"""What the views of feeds, calendars and changes have in common."""

from django.shortcuts import redirect
from django.views.generic import View

from initiatives.answers.problems import Problem
from initiatives.following.scopes import Moved


class FollowView(View):
    """Answers for one `scope`, a function of `following.scopes`; subclasses write the answer."""

    http_method_names = ["get", "head", "options"]
    scope = None

    def get(self, request, **kwargs):
        try:
            return self.answer(request, self.scope(request, **kwargs))
        except Moved as moved:
            view = request.resolver_match.view_name
            return redirect(view, permanent=True, **moved.kwargs)
        except Problem as problem:
            return problem.response(request)

    def answer(self, request, scope):
        raise NotImplementedError
