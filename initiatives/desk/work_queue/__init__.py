"""What waits for an officer: one queue for the first page of the desk and for the daily mail.

It is read in the language that is active when it is made.
"""

from datetime import date

from django.utils import timezone

from initiatives.desk.work_queue.checked_addresses import checked_addresses
from initiatives.desk.work_queue.neglected import neglected
from initiatives.desk.work_queue.pieces import MOST_ITEMS, Item, Link, Queue, Section, Step
from initiatives.desk.work_queue.reported import reported
from initiatives.desk.work_queue.requested import (
    asked,
    rejected,
    waiting,
    waiting_item,
    with_waiting,
)
from initiatives.desk.work_queue.tasks import LABELS, TASKS, UNDATED, records, with_task
from initiatives.rights import Rights

__all__ = [
    "LABELS",
    "MOST_ITEMS",
    "TASKS",
    "UNDATED",
    "Item",
    "Link",
    "Queue",
    "Section",
    "Step",
    "queue_of",
    "records",
    "waiting_item",
    "with_task",
    "with_waiting",
]


def queue_of(rights: Rights, *, mine: bool = True, today: date | None = None) -> Queue:
    """What waits for the officer who has `rights`, the most urgent first.

    With `mine` only records that are the officer's own or nobody's; otherwise those of the whole
    desk. What was asked of or by the officer is in both.
    """
    today = today or timezone.localdate()
    sections = (
        waiting(rights),
        rejected(rights, today),
        reported(rights, mine=mine),
        *neglected(rights, mine, today),
        *checked_addresses(rights),
        asked(rights),
    )
    return Queue(tuple(section for section in sections if section.count))
