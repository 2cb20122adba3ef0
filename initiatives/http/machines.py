"""Views that answer programs."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View

from initiatives.http.problems import Problem


class MachineView(View):
    """Turns a `Problem` into the answer that tells of it."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Problem as problem:
            return problem.response(request)
