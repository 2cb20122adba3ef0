"""The checks of the desk as the public is told of them, beside the editions."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from initiatives.kept_queries import KeptQuery, values_of
from initiatives.models import ReviewCheck
from initiatives.publication.records import InitiativeRow
from initiatives.publication.wanted import Wanted


def _last_checks(codes: list[str], now: datetime) -> QuerySet[ReviewCheck, Any]:
    later = ReviewCheck.objects.filter(
        key=OuterRef("key"), recorded_at__gt=OuterRef("recorded_at")
    ).order_by()
    found = ReviewCheck.objects.filter(~Exists(later), key__in=codes).order_by()
    return values_of(found, "key", "checked_at", "due_on")


_LAST = KeptQuery(_last_checks, keys=str)


def due_checks(wanted: Iterable[Wanted], now: datetime) -> list[ReviewCheck]:
    """The new rows for the initiatives that are public; one query."""
    rows = [one.row for one in wanted if isinstance(one.row, InitiativeRow)]
    told = {code: check for code, *check in _LAST([row.code for row in rows], now)}
    checks: dict[str, list[Any]] = {row.code: [row.last_checked_at, _due_on(row)] for row in rows}
    return [
        ReviewCheck(key=code, checked_at=checked_at, due_on=due_on, recorded_at=now)
        for code, (checked_at, due_on) in checks.items()
        if told.get(code) != [checked_at, due_on]
    ]


def _due_on(row: InitiativeRow) -> date:
    since = timezone.localdate(row.last_checked_at or row.created_at)
    return since + timedelta(row.review_every_days)
