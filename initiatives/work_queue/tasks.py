"""The tasks that lie in the records themselves: the flags of the rules, and statuses without a day.

The queue and the filters beside the list both ask here, so that they count the same.
"""

from datetime import date

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from initiatives.choices import DeskRole, Publication
from initiatives.models import Funding, Initiative, Milestone, StatusChange
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
    rows = rights.initiatives(DeskRole.EDITOR).exclude(publication=Publication.WITHDRAWN)
    return rows.filter(Q(owner=rights.user.pk) | Q(owner__isnull=True)) if mine else rows


def with_task(
    rows: InitiativeQuerySet, task: str, *, today: date | None = None
) -> QuerySet[Initiative]:
    """The initiatives among `rows` that have the task named `task`."""
    if task == UNDATED:
        changes = StatusChange.objects.filter(initiative=OuterRef("pk"))
        return rows.filter(Exists(changes), status_since__isnull=True)
    return rows.with_flag(task, today=today)


def by_urgency(rows: InitiativeQuerySet, task: str) -> QuerySet[Initiative]:
    """`rows` in the order in which the task `task` is urgent.

    What has no day of its own is more urgent where the public reads it.
    """
    return rows.order_by(_URGENCY.get(task, _public_first()), "code")


def _public_first() -> Case:
    return Case(When(publication=Publication.PUBLISHED, then=0), default=1)


def _latest(model: type[Model], column: str) -> Coalesce:
    """The last `column` among the rows of an initiative; none is older than the record."""
    rows = model.objects.filter(initiative=OuterRef("pk")).order_by(f"-{column}")
    return Coalesce(Subquery(rows.values(column)[:1]), F("created_at"))


_URGENCY = {
    Flag.OVERDUE: F("planned_end__last"),
    Flag.DUE_SOON: F("planned_end__last"),
    Flag.STALE: Coalesce("last_checked_at", "created_at"),
    Flag.STALLED: Greatest(
        F("created_at"),
        _latest(StatusChange, "recorded_at"),
        _latest(Milestone, "updated_at"),
        _latest(Funding, "updated_at"),
    ),
}
