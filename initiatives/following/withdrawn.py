"""What was withdrawn of what a reader follows: its code and the public reason, and nothing else."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from initiatives.choices import EditionKind, EditionState
from initiatives.editions.current import editions_at
from initiatives.editions.index.reading import Reading
from initiatives.editions.record import NO_TEXT, Withdrawal, decoded
from initiatives.models import Edition
from initiatives.timeline import Find, text_and_language


class Withdrawn(NamedTuple):
    """`reason` may be empty; `language` is that of its words."""

    code: str
    reason: str
    language: str


def withdrawn(find: Find, *, since: datetime, until: datetime) -> list[Withdrawn]:
    """The initiatives that `find` would have given at the instant `since`, and that were withdrawn
    from then on and before `until`; by code. Four queries, or one where there are none."""
    within = {"since__gte": since, "since__lt": until}
    of_period = Edition.objects.filter(
        kind=EditionKind.INITIATIVE, state=EditionState.WITHDRAWN, **within
    )
    codes = _found_at(find, since, set(of_period.order_by().values_list("key", flat=True)))
    if not codes:
        return []
    held = editions_at(EditionKind.INITIATIVE, codes, timezone.now())
    gone = [one for one in held if one.state == EditionState.WITHDRAWN and one.since < until]
    return [_told(one) for one in sorted(gone, key=lambda one: one.key)]


def _found_at(find: Find, instant: datetime, codes: set[str]) -> list[str]:
    """Those of `codes` that `find` would have given at that instant, when they were public."""
    if not codes:
        return []
    with find() as found:
        day = timezone.localdate(instant)
        before = Reading(found.reading.content, now=instant, day=day)
        return before.keys(before.find(found.selection).positions & before.positions(codes))


def _told(edition: Edition) -> Withdrawn:
    reason = decoded(edition.body, Withdrawal).reason if edition.body else NO_TEXT
    return Withdrawn(edition.key, *text_and_language(reason))
