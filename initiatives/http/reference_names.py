"""When the names that stand beside the register changed last, as far as the public is told them.

Names of countries, sectors and organisations are those of today and no part of an edition. All
countries and sectors may be told, of organisations only those that the register names: that an
officer enters another one moves no validator.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import router
from django.db.models import Count, Max, QuerySet, Value
from django.utils import timezone

from initiatives.editions.index import index
from initiatives.editions.places import Place
from initiatives.kept_queries import KeptTableQuery, values_of
from initiatives.models import Country, Organisation, Sector

_NEWEST = 10


@dataclass(frozen=True)
class Names:
    """`mark` differs wherever a name does; `changed_at` is when the last of them became so."""

    mark: tuple[object, ...]
    changed_at: datetime | None


def of_today(register: Place) -> Names:
    """Beside the records that `register` says are public. Two small queries."""
    now = timezone.now()
    lists = sorted(_LISTS(now), key=str)
    alias = router.db_for_read(Organisation)
    newest = _newest_public(alias, tuple(_NEWEST_ORGANISATIONS(now)), register)
    changed = [updated_at for _number, updated_at in lists]
    changed += [] if newest is None else [newest[0]]
    return Names((*lists, newest), max(filter(None, changed), default=None))


@lru_cache(maxsize=8)
def _newest_public(
    alias: str, newest: tuple[tuple[datetime, str], ...], register: Place
) -> tuple[datetime, str] | None:
    """The public organisation that changed last, nearly always one of the `newest` of all."""
    with index.reading(newest=register.newest) as reading:
        public = set(reading.organisations(slug for _updated_at, slug in newest))
        found = next((row for row in newest if row[1] in public), None)
        if found or len(newest) < _NEWEST:
            return found
        public = set(reading.organisations())
    rows = _newest_first(QuerySet(Organisation)).iterator()
    return next((row for row in rows if row[1] in public), None)


def _newest_first(organisations: QuerySet[Organisation]) -> QuerySet[Organisation, Any]:
    return values_of(organisations.order_by("-updated_at", "-pk"), "updated_at", "slug")


def _numbers_and_last_changes() -> QuerySet[Country, Any]:
    """The number of countries and of sectors, and the last change of each list."""
    # Not `model.objects`: django-modeltranslation would group by each column, so by each row.
    first, second = (
        QuerySet(model)
        .order_by()
        .values(whole=Value(1))
        .annotate(number=Count("pk"), updated=Max("updated_at"))
        .values_list("number", "updated")
        for model in (Country, Sector)
    )
    return first.union(second, all=True)


_LISTS = KeptTableQuery(lambda now: _numbers_and_last_changes())
_NEWEST_ORGANISATIONS = KeptTableQuery(lambda now: _newest_first(QuerySet(Organisation))[:_NEWEST])
