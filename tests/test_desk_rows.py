"""What the desk asks of all records is stored with each, and the actions keep it.

That what is stored is what the rules find is compared in `test_flag_queries.py`.
"""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from initiatives import actions
from initiatives.models import Citation, DeskRow, Funding, Initiative, Milestone
from initiatives.partial_dates import PartialDate
from initiatives.publication import desk_rows
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def record(officer):
    made = make.make_initiative(publication="draft")
    made.planned_end = "2024"
    made = actions.save(made, by=officer)
    source = make.make_source()
    actions.change_status(
        made, to="planned", by=officer, effective=PartialDate.parse("2024"), source=source
    )
    return Initiative.objects.get(pk=made.pk)


def row_of(record):
    return DeskRow.objects.get(pk=record.pk)


def wrong():
    return list(desk_rows.wrong_desk_rows())


def test_a_new_record_has_its_row(record):
    row = row_of(record)
    assert (row.code, row.publication, row.is_hidden) == (record.code, "draft", True)
    assert str(row.ends) == "2024-12-31"
    assert (row.untranslated, row.unsourced, row.undated) == (True, False, False)
    assert wrong() == []


def _save_money(record, officer, source):
    paid = {"type": "disbursement", "amount": 5, "currency": "USD"}
    actions.save(Funding(initiative=record, **paid), by=officer)


def _save_milestone(record, officer, source):
    actions.save(Milestone(initiative=record, title_en="Step"), by=officer)


def _remove_citation(record, officer, source):
    actions.remove_record(Citation.objects.get(), by=officer)


def _hide_source(record, officer, source):
    source.is_public = False
    actions.save(source, by=officer)


def _give_owner(record, officer, source):
    record.owner = officer
    actions.save(record, by=officer)


def _mark_checked(record, officer, source):
    actions.mark_checked(record, by=officer)


def _move_citation(record, officer, source):
    other = actions.save(Initiative(title_en="Other"), by=officer)
    cited = Citation.objects.get()
    cited.status_change, cited.initiative = None, other
    actions.save(cited, by=officer)
    assert not row_of(other).unsourced


@pytest.mark.parametrize(
    ("act", "becomes"),
    [
        (_save_money, {"contradiction": True}),
        (_save_milestone, {}),
        (_remove_citation, {"unsourced": True}),
        (_hide_source, {"unsourced": True}),
        (_move_citation, {"unsourced": True}),
        (_give_owner, {}),
        (_mark_checked, {}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_action_brings_the_row_up_in_its_own_transaction(act, becomes, record, officer):
    before = row_of(record)
    act(record, officer, make.make_source())
    assert wrong() == []
    after = row_of(record)
    assert DeskRow.objects.filter(pk=record.pk, **becomes).exists()
    names = [field.attname for field in DeskRow._meta.fields]
    assert any(getattr(before, name) != getattr(after, name) for name in names)


def test_a_draft_that_is_erased_takes_its_row_along(record, officer):
    actions.erase_draft(record, by=officer)
    assert not DeskRow.objects.exists()


def test_following_asks_the_same_queries_for_one_record_and_for_ten(django_assert_num_queries):
    # All that is known, and a write to each table; on PostgreSQL to that of the words as well.
    asked = 4 if connection.vendor == "postgresql" else 3
    for number in (1, 10):
        codes = [one.code for one in make.make_initiatives(number)]
        with django_assert_num_queries(asked):
            assert desk_rows.follow(codes) == number
        with django_assert_num_queries(1):
            assert desk_rows.follow(codes) == 0


def test_rows_that_came_by_other_ways_are_told_and_made_up_for():
    made = make.make_initiative()
    assert wrong() == [made.code]
    call_command("issue_editions", stdout=io.StringIO(), stderr=io.StringIO())
    assert wrong() == []
    Initiative.objects.update(title_en="")
    DeskRow.objects.update(untranslated=False)
    written = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", stdout=written, stderr=written)
    assert f"{made.code}: the desk finds it by something else than it says." in written.getvalue()
