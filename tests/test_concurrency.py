"""Eight officers who save at once: on SQLite and PostgreSQL nobody is turned away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Initiative, Milestone
from tests import factories as make
from tests.desk import address, make_officer, signed_in

WRITERS, SAVES = 8, 5
DRAFTS = 6


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


def answers_to(client, pages):
    answer = {"verdict": "approve", "seen": "2"}  # what the page of a request asks for
    try:
        return [client.post(page, answer).status_code for page in pages]
    finally:
        connections.close_all()


def make_submitted(by):
    draft = make.make_initiative(publication="draft", summary_en="Short")
    make.cite(make.make_status_change(draft))
    actions.submit_for_review(draft, by=by)
    return draft


@pytest.mark.django_db(transaction=True)
def test_a_publisher_and_a_reviewer_who_publish_the_same_do_not_stop_each_other():
    editor = make_officer("edda", DeskRole.EDITOR)
    drafts = [make_submitted(editor) for _ in range(DRAFTS)]
    asked = [draft.change_requests.get() for draft in drafts]
    publish = [address("initiative", "publish", draft.pk) for draft in drafts]
    approve = [address("changerequest", "change", request.pk) for request in asked]
    clients = [signed_in(make_officer(name)) for name in ("aziza", "bek")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(answers_to, clients, [publish, approve]))
    assert {status for each in answers for status in each} <= {200, 302}
    assert set(Initiative.objects.values_list("publication", flat=True)) == {"published"}
