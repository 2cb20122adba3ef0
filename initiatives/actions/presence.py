"""Who has which form open. It is no content: it leaves no Change and touches no record."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from initiatives.models import Presence
from initiatives.models.record import Record

WITHIN = timedelta(minutes=2)  # four signs of life that a browser gives by itself
SILENT = timedelta(minutes=15)  # without JavaScript there is no sign after the opening
KEPT = timedelta(days=1)


@transaction.atomic
def note_presence(user: User, row: Record, *, opened: bool = True) -> None:
    """Note that `user` has the form of `row` open: just opened it, or gives a sign of life.

    Safe against the same in the same moment. An opening also clears away what is older than a day.
    """
    now = timezone.now()
    Presence.objects.bulk_create(
        [Presence(user=user, opened_at=now, seen_at=now, **_form_of(row))],
        update_conflicts=True,
        unique_fields=["user", "model", "object_id"],
        update_fields=["opened_at", "seen_at"] if opened else ["seen_at"],
    )
    if opened:
        Presence.objects.filter(seen_at__lt=now - KEPT).delete()


def others_at(row: Record, user: User, *, within: timedelta = WITHIN) -> QuerySet[Presence]:
    """The presences of others at the form of `row`, the longest first.

    One rule: whoever gave a sign of life after the opening is there for `within` after the last
    one; whoever never gave one, for a quarter of an hour after the opening.
    """
    now = timezone.now()
    alive = Q(seen_at__gt=F("opened_at"), seen_at__gte=now - within)
    silent = Q(seen_at=F("opened_at"), opened_at__gte=now - SILENT)
    there = Presence.objects.filter(alive | silent, **_form_of(row)).exclude(user=user)
    return there.select_related("user").order_by("opened_at", "pk")


def leave(user: User, row: Record) -> None:
    """Note that `user` has closed the form of `row`."""
    Presence.objects.filter(user=user, **_form_of(row)).delete()


def _form_of(row: Record) -> dict[str, int | str]:
    return {"model": row._meta.model_name, "object_id": row.pk}
