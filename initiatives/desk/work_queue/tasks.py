"""The tasks that lie in the records themselves: the flags of the rules, and statuses without a day.

The queue and the filters beside the list both ask here, so that they count the same.
"""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import DeskRole, Publication
from initiatives.models import DeskRow, Initiative
from initiatives.models.flags import condition
from initiatives.models.queries import InitiativeQuerySet
from initiatives.rights import Rights
from initiatives.rules import EXPLANATIONS as FLAGS_EXPLAINED
from initiatives.rules import Flag

UNDATED = "undated"
TASKS = (*Flag.values, UNDATED)  # in the order of urgency
LABELS = {**dict(Flag.choices), UNDATED: _("Day of the status not stated")}
EXPLANATIONS = {
    **{flag.value: text for flag, text in FLAGS_EXPLAINED.items()},
    UNDATED: _("The status came from a file that does not say since when it holds."),
}


def records(rights: Rights, *, mine: bool) -> QuerySet[Initiative]:
    """The records that the officer cares for; with `mine` only their own and nobody's.

    A withdrawn record is nobody's task.
    """
    return _cared_for(rights.initiatives(DeskRole.EDITOR), rights, mine)


def rows_of(rights: Rights, *, mine: bool) -> QuerySet[DeskRow]:
    """What is stored of these."""
    return _cared_for(rights.desk_rows(DeskRole.EDITOR), rights, mine)


def _cared_for(rows: QuerySet[Any], rights: Rights, mine: bool) -> QuerySet[Any]:
    rows = rows.exclude(publication=Publication.WITHDRAWN)
    return rows.filter(Q(owner=rights.user.pk) | Q(owner__isnull=True)) if mine else rows


def with_task(
    rows: InitiativeQuerySet, task: str, *, today: date | None = None
) -> QuerySet[Initiative]:
    """The initiatives among `rows` that have the task named `task`."""
    return rows.filter(_has(task, today or timezone.localdate(), "desk_row__"))


def numbers(rows: QuerySet[DeskRow], today: date) -> dict[str, int]:
    """How many of `rows` have each task. One query."""
    counts = {task: Count("pk", filter=_has(task, today, "")) for task in TASKS}
    return rows.order_by().aggregate(**counts)


def most_urgent(rows: QuerySet[DeskRow], task: str, number: int, today: date) -> list[int]:
    """The keys of the first of `rows` in the order in which the task `task` is urgent.

    What has no day of its own is more urgent where the public reads it.
    """
    found = rows.filter(_has(task, today, "")).order_by(_URGENCY.get(task, "is_hidden"), "code")
    return list(found.values_list("pk", flat=True)[:number])


def _has(task: str, today: date, of: str) -> Q:
    return Q(**{f"{of}undated": True}) if task == UNDATED else condition(task, today, of=of)


_URGENCY: dict[str, str] = {
    Flag.OVERDUE: "ends",
    Flag.DUE_SOON: "ends",
    Flag.STALE: "checked_at",
    Flag.STALLED: "moved_at",
}
