"""The checks of the desk as the public is told of them, beside the editions."""

from datetime import timedelta

from django.utils import timezone

from initiatives.models import ReviewCheck


def due_checks(wanted, now) -> list[ReviewCheck]:
    """The new rows for the public records among `wanted`; one query."""
    rows = [one.row for one in wanted.values() if one.row is not None]
    if not rows:
        return []
    codes = [row.code for row in rows]
    latest: dict[str, ReviewCheck] = {}
    for check in ReviewCheck.objects.filter(key__in=codes).order_by("key", "recorded_at"):
        latest[check.key] = check
    new = (_check(row, now) for row in rows)
    return [check for check in new if not _is_same(latest.get(check.key), check)]


def _check(row, now) -> ReviewCheck:
    since = timezone.localdate(row.last_checked_at or row.created_at)
    due_on = since + timedelta(row.review_every_days)
    return ReviewCheck(key=row.code, checked_at=row.last_checked_at, due_on=due_on, recorded_at=now)


def _is_same(old, new) -> bool:
    return old is not None and (old.checked_at, old.due_on) == (new.checked_at, new.due_on)
