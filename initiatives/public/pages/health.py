"""Two plain answers for the machine that watches over the process."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.public.pages.list_query import without_parameters
from initiatives.public.pages.readiness import readiness


@without_parameters
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return _plain("ok")


@without_parameters
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration, and the index of the register follows it; else
    503 with the reason, and no details. Within two seconds."""
    found = readiness()
    if found.reason:
        return _plain(found.reason, status=503)
    return _plain(f"ok\nposition {found.position}")


def _plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{text}\n", "text/plain; charset=utf-8", status=status)
