"""Public records of events, read a few at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice

from initiatives.choices import EditionKind, EditionState
from initiatives.editions.record import EventRecord, decoded
from initiatives.models import Edition

_TOGETHER = 500  # bodies in memory at once


def changed_last(limit: int) -> list[EventRecord]:
    """The `limit` public events whose editions began last; one query."""
    # An edition begins when its event is changed, and rarely for what else it tells.
    current = Edition.objects.filter(kind=EditionKind.EVENT).current()
    shown = current.filter(state=EditionState.PUBLISHED).exclude(body="")
    bodies = shown.order_by("-since", "-position").values_list("body", flat=True)
    return [decoded(body, EventRecord) for body in bodies[:limit]]


def events_at(positions: Iterable[int]) -> Iterator[list[EventRecord]]:
    """Those at these positions of the register, in their order; a query for some hundreds."""
    left = iter(positions)
    while some := list(islice(left, _TOGETHER)):
        editions = Edition.objects.filter(position__in=some).exclude(body="").order_by()
        bodies = dict(editions.values_list("position", "body"))
        yield [decoded(bodies[place], EventRecord) for place in some if place in bodies]
