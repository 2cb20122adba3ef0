"""Bodies of editions, many at once, as they are stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models import Edition


class Body(Func):
    """As it is stored. SQLite need not make a text of what is read as bytes."""

    template = "%(expressions)s"

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        template = "CAST(%(expressions)s AS BLOB)"
        return self.as_sql(compiler, connection, template=template, **extra)


def bodies_at(positions: Sequence[int]) -> dict[int, bytes]:
    """By position the bodies that are still there; one query, of `kept_queries.TOGETHER` positions
    at most."""
    return {place: body for place, body in _BODIES(positions, timezone.now()) if body}


def _bodies(positions: list[int], now: datetime) -> QuerySet[Edition, Any]:
    editions = Edition.objects.filter(position__in=positions).order_by()
    return values_of(editions, "position", Body("body"))


_BODIES = KeptQuery(_bodies, texts_as_bytes=True)
