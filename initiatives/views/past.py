"""What was going on in a set of initiatives on a day of the past.

Made from records that were put back, in Python: the database knows only today's fields.
"""

from collections import Counter, defaultdict

from initiatives import totals
from initiatives.as_of import as_known
from initiatives.lifecycle import OPEN, Status
from initiatives.models import DateRevision, Initiative
from initiatives.overview import StatusCount
from initiatives.rules import Flag


def statuses_then(initiatives):
    """`overview.by_status` of a queryset from `known_at()`."""
    counts = Counter(initiatives.order_by().values_list("status_then", flat=True))
    return [StatusCount(status=status, count=counts[status]) for status in Status]


def put_back(initiatives, on):
    """The rows of a queryset from `known_at()` with all that the functions below look at."""
    pointed_to = ("milestones__responsible", "funding__provider_country")
    return as_known(initiatives.for_list().for_rules().prefetch_related(*pointed_to), on=on)


def late_then(rows):
    late = [row for row in rows if Flag.OVERDUE in row.flags]
    return sorted(late, key=lambda row: (row.planned_end.last, row.code))


def money_then(rows):
    """`overview.money` of records that were put back."""
    parents = Initiative.objects.wholes() | {row.pk: row.parent_id for row in rows}
    return totals.of_lines([line for row in rows for line in row.funding.all()], parents)


def open_by_side_then(rows):
    """`overview.open_milestones_by_side` of records that were put back."""
    sides = defaultdict(list)
    for row in rows:
        for step in row.milestones.all():
            if step.is_open and row.status in OPEN:
                sides[step.responsible].append(step)
    for steps in sides.values():
        steps.sort(key=lambda step: (step.planned is None, step.planned and step.planned.last))
    return sorted(sides.items(), key=lambda side: (side[0] is None, side[0] and side[0].iso2))


def moved_dates(initiatives, since, until=None):
    """The promised dates that were moved since an instant, the newest first."""
    revisions = DateRevision.objects.filter(
        initiative__in=initiatives.order_by().values("pk"), recorded_at__gte=since
    )
    revisions = revisions if until is None else revisions.filter(recorded_at__lte=until)
    return revisions.select_related("initiative", "milestone").order_by("-recorded_at", "-pk")
