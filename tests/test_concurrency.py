"""Eight officers who save at once: on SQLite and PostgreSQL nobody is turned away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from initiatives import actions
from initiatives.models import Initiative, Milestone
from tests import factories as make

WRITERS, SAVES = 8, 5


def add_milestones(pk):
    try:
        initiative = Initiative.objects.get(pk=pk)
        for _ in range(SAVES):
            actions.save(Milestone(initiative=initiative, title_en="Step"), by=None)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_once_by_writers_at_the_same_time():
    initiative = make.make_initiative()
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(add_milestones, [initiative.pk] * WRITERS))
    numbers = Milestone.objects.order_by("number").values_list("number", flat=True)
    assert [*numbers] == [*range(1, WRITERS * SAVES + 1)]
