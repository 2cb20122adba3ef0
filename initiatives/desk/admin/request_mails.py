"""Mails about requests go out when the page that made the requests has been stored."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from initiatives.desk import announcements


def mailed_at_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view` of the desk; what a POST asked for is then told to whoever wishes it."""

    @wraps(view)
    def mailed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        begun: Any = timezone.now()
        answer = view(request, *args, **kwargs)
        if request.method == "POST":
            by: Any = request.user
            announcements.send_noted(since=begun, by=by if by.is_authenticated else None)
        return answer

    return mailed
