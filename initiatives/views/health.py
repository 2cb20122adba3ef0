"""Two plain answers for the machine that watches over the process."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.views.asked import without_parameters


@without_parameters
@never_cache
@require_safe
def healthz(request):
    """The process answers."""
    return _plain("ok")


@without_parameters
@never_cache
@require_safe
def readyz(request):
    """The database answers and has every migration; else 503 with the reason, and no details."""
    try:
        waiting = _unapplied_migrations()
    except DatabaseError:
        return _plain("the database does not answer", status=503)
    if waiting:
        return _plain(f"migrations are not applied: {waiting}", status=503)
    return _plain("ok")


def _unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _plain(text, status=200):
    return HttpResponse(f"{text}\n", "text/plain; charset=utf-8", status=status)
