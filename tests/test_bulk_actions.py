"""`actions.for_each`: one verb for many rows, all of them or those that can be."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from initiatives import actions
from initiatives.models import Change, Initiative
from tests.desk import make_officer
from tests.factories import make_initiatives, make_sector

pytestmark = pytest.mark.django_db
ANY_EDIT = {"model": "initiative", "key": ["any"], "action": "changed", "fields": {}}


@pytest.fixture
def rows():
    return make_initiatives(3, publication="draft")


@pytest.fixture
def officer():
    return make_officer()


def noted(initiative, by):
    initiative.internal_note = "seen"
    actions.save(initiative, by=by)


def all_but(bad, refusal, by):
    """An act that writes to each row, and then refuses `bad`."""

    def act(initiative):
        noted(initiative, by)
        if initiative == bad:
            raise refusal

    return act


def notes():
    return list(Initiative.objects.order_by("code").values_list("internal_note", flat=True))


def test_every_row_is_done_with_its_own_record(rows, officer):
    outcome = actions.for_each(rows, partial(noted, by=officer), skip_failing=False)
    assert outcome.done == rows
    assert notes() == ["seen"] * 3
    assert Change.objects.filter(recorded_by=officer).count() == 3


def test_nothing_is_done_if_one_row_fails(rows, officer):
    act = all_but(rows[1], ValidationError("Not this one."), officer)
    outcome = actions.for_each(rows, act, skip_failing=False)
    assert (outcome.undone, outcome.done, outcome.would_do) == (True, [], [rows[0], rows[2]])
    assert outcome.failed == [(rows[1], ["Not this one."])]
    assert notes() == [""] * 3
    assert not Change.objects.exists()


def test_the_others_are_done_where_that_was_asked_for(rows, officer):
    act = all_but(rows[1], ValidationError("Not this one."), officer)
    outcome = actions.for_each(rows, act, skip_failing=True)
    assert (outcome.undone, outcome.done) == (False, [rows[0], rows[2]])
    assert notes() == ["seen", "", "seen"]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (actions.Refused({"source": ["One.", "Two."]}), ["One.", "Two."]),
        (PermissionDenied(), ["Your role on this record does not allow it."]),
        (PermissionDenied("Ask Aziza."), ["Ask Aziza."]),
        (
            IntegrityError("UNIQUE constraint failed"),
            ["Somebody saved the same in this moment. Look at the stored record first."],
        ),
    ],
)
def test_a_refusal_is_told_in_words(rows, officer, refusal, words):
    outcome = actions.for_each(rows, all_but(rows[0], refusal, officer), skip_failing=True)
    assert outcome.failed == [(rows[0], words)]
    assert outcome.done == rows[1:]


def test_a_row_that_the_database_refuses_spoils_no_other(rows):
    def act(initiative):
        if initiative == rows[0]:
            Initiative.objects.filter(pk=initiative.pk).update(review_every_days=0)

    outcome = actions.for_each(rows, act, skip_failing=True)
    assert [row for row, _reasons in outcome.failed] == [rows[0]]
    assert outcome.done == rows[1:]


def test_any_other_error_undoes_everything_and_is_raised(rows, officer):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.for_each(rows, all_but(rows[1], ZeroDivisionError(), officer), skip_failing=True)
    assert notes() == [""] * 3


def test_a_request_waits_and_an_effect_is_taken_at_its_word(rows, officer):
    request = actions.request_edits(rows[0], [ANY_EDIT], by=officer)
    answers = dict(zip(rows, [request, actions.Effect.UNCHANGED, None], strict=True))
    outcome = actions.for_each(rows, answers.get, skip_failing=False)
    assert (outcome.waiting, outcome.unchanged, outcome.done) == (rows[:1], rows[1:2], rows[2:])


def test_a_row_is_read_anew(rows):
    Initiative.objects.filter(pk=rows[0].pk).update(internal_note="fresh")
    read = []
    actions.for_each(rows[:1], lambda row: read.append(row.internal_note), skip_failing=False)
    assert read == ["fresh"]


def test_a_row_is_locked(rows, django_assert_num_queries):
    with django_assert_num_queries(5) as captured:  # two savepoints around it
        actions.for_each(rows[:1], lambda row: None, skip_failing=False)
    asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    assert all(("FOR UPDATE" in sql) == (connection.vendor == "postgresql") for sql in asked)


def test_a_row_that_is_gone_fails(rows, officer):
    actions.erase_draft(Initiative.objects.get(pk=rows[0].pk), by=officer)
    outcome = actions.for_each(rows, partial(noted, by=officer), skip_failing=True)
    assert outcome.failed == [(rows[0], ["It no longer exists."])]


def test_a_row_with_another_version_names_who_changed_it(rows, officer):
    seen = {row.pk: row.version for row in rows}
    noted(Initiative.objects.get(pk=rows[0].pk), make_officer("botir"))
    outcome = actions.for_each(rows, partial(noted, by=officer), skip_failing=True, seen=seen)
    assert outcome.failed == [(rows[0], ["Changed in the meantime by botir."])]


def test_the_main_sector_gives_way_to_the_new_one(rows, officer):
    actions.set_main_sector(rows[0], make_sector("water"), by=officer)
    found = rows[0].sectors.values_list("sector__slug", "is_main")
    assert set(found) == {("water", True), ("energy", False)}


def test_a_sector_that_is_there_becomes_the_main_one(rows, officer):
    rows[0].sectors.create(sector=make_sector("water"))
    actions.set_main_sector(rows[0], make_sector("water"), by=officer)
    assert rows[0].sectors.get(is_main=True).sector.slug == "water"
    assert rows[0].sectors.count() == 2


def test_the_same_main_sector_writes_nothing(rows, officer):
    actions.set_main_sector(rows[0], make_sector("energy"), by=officer)
    assert not Change.objects.exists()
