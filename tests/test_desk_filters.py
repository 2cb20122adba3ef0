"""The filters beside the list of initiatives that lead on from the queue."""

import pytest

from initiatives.choices import Publication
from initiatives.desk.work_queue import TASKS, UNDATED, queue_of
from initiatives.rules import Flag
from tests.desk import address, make_chief, signed_in
from tests.factories import in_days, make_initiative, make_status_change
from tests.memberships import ask_status, clean, make_member, rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_chief()


def listed(user, **filters):
    answer = signed_in(user).get(address("initiative"), filters)
    assert answer.status_code == 200
    return {row.code for row in answer.context["cl"].queryset}


def test_a_flag_narrows_the_list_as_it_does_the_public_one(chief):
    late = make_initiative(planned_end=in_days(-1)).code
    make_initiative()
    assert listed(chief, flag=Flag.OVERDUE) == {late}


def test_a_status_without_a_day_is_found(chief):
    bare = make_initiative()
    make_status_change(bare, effective=None, origin="import")
    clean(make_initiative())
    assert listed(chief, flag=UNDATED) == {bare.code}


def test_work_is_mine_or_nobodys_or_of_the_whole_desk(chief):
    mine, nobodys = make_initiative(owner=chief).code, make_initiative().code
    theirs = make_initiative(owner=make_member("olga")).code
    make_initiative(publication=Publication.WITHDRAWN)
    assert listed(chief, work="mine") == {mine, nobodys}
    assert listed(chief, work="desk") == {mine, nobodys, theirs}


def test_what_waits_for_a_decision_is_found(chief):
    asked = make_initiative()
    ask_status(asked, make_member("olga"))
    ask_status(make_initiative(), make_member("omar"), state="approved")
    assert listed(chief, waiting="yes") == {asked.code}


@pytest.mark.parametrize("name", ["flag", "work", "waiting"])
@pytest.mark.parametrize("value", ["no such", "0", "\N{FULL BLOCK}" * 300])
def test_a_value_that_is_not_known_shows_nothing(chief, name, value):
    make_initiative()
    assert listed(chief, **{name: value}) == set()


@pytest.mark.parametrize("name", ["flag", "work", "waiting"])
def test_an_empty_value_is_none(chief, name):
    code = make_initiative().code
    assert listed(chief, **{name: ""}) == {code}


def test_a_field_without_a_filter_is_still_refused(chief):
    make_initiative(internal_note="Secret")
    answer = signed_in(chief).get(address("initiative"), {"internal_note": "Secret"})
    assert answer.status_code != 200


@pytest.mark.parametrize("mine", [True, False])
def test_each_list_counts_what_its_section_counts(chief, mine):
    make_initiative(planned_end=in_days(-1), owner=make_member("olga"))
    make_initiative(planned_end=in_days(1))
    make_initiative(publication=Publication.WITHDRAWN)
    for section in queue_of(rights(chief), mine=mine).sections:
        answer = signed_in(chief).get(section.lists[0].address)
        assert answer.context["cl"].result_count == section.count


@pytest.mark.parametrize("task", TASKS)
def test_every_task_can_be_counted_beside_the_list(chief, task):
    make_initiative()
    answer = signed_in(chief).get(address("initiative"), {"_facets": "True", "flag": task})
    assert answer.status_code == 200
