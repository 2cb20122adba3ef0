"""Making the copy in an empty database."""

from datetime import date

from django.db import transaction
from django.utils import timezone, translation

from demo.clock import at
from demo.days import Calendar
from demo.people import make_officers
from demo.records import plan_records
from demo.reference import FIRST, make_lists
from demo.waiting import plan_waiting
from initiatives.models import Initiative


class NotEmpty(Exception):
    """There are records already: they stay, whoever wrote them."""


def build(*, today: date | None = None) -> int:
    """Write everything as it was done on the days before `today`; gives the number of records.

    Raises NotEmpty, and nothing is written, where there are records. The same day gives the same.
    """
    if Initiative.objects.exists():
        raise NotEmpty
    calendar = Calendar(today or timezone.localdate())
    with transaction.atomic(), translation.override("en"):
        with at(calendar.instant(FIRST)):
            people = make_officers()
        make_lists(calendar, people)
        plan_waiting(calendar, people, plan_records(calendar, people))
        calendar.run()
    return Initiative.objects.count()
