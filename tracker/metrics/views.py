"""/metrics, for who has METRICS_TOKEN."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.public.pages.list_query import without_parameters


@without_parameters
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All numbers in the text format of Prometheus; 404 where METRICS_TOKEN is not set, and 401 to
    who does not send it as a bearer token."""
    if not settings.METRICS_TOKEN:
        raise Http404
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(given, settings.METRICS_TOKEN):
        refused = HttpResponse("METRICS_TOKEN as a bearer token is needed.\n", "text/plain", 401)
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    return _all()


def _all() -> HttpResponse:
    # Not before `counts`, which the middleware imported: it says first how is counted.
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
    from prometheus_client.multiprocess import MultiProcessCollector

    from tracker.metrics.state import StateCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no hints
    registry.register(StateCollector())
    return HttpResponse(generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4)
