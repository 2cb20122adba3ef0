"""The one verb that changes a status, its corrections and its approval."""

import pytest

from initiatives import actions
from initiatives.models import Citation, Initiative, StatusChange
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.requesting import ask_for_status

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2025-05-14")


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name) for name in ("one", "two")]


@pytest.fixture
def initiative():
    return make.make_initiative(
        actual_start="2025", outcome_en="Built", actual_end="2025", delivered="full"
    )


def move(initiative, to, by, **details):
    values = {"effective": DAY, "source": make.make_source(), "reason": "Said so", **details}
    return actions.change_status(initiative, to=to, by=by, **values)


def test_a_move_writes_the_row_the_cache_and_the_citation(initiative, people):
    change = move(initiative, "agreed", people[0], locator="P3")
    stored = Initiative.objects.get()
    assert (stored.status, stored.status_since, stored.updated_by) == ("agreed", DAY, people[0])
    assert (change.number, change.from_status, change.recorded_by) == (1, "", people[0])
    assert Citation.objects.get(status_change=change).locator == "P3"


def test_moves_form_a_chain(initiative, people):
    move(initiative, "planned", people[0])
    second = move(initiative, "in_progress", people[0])
    assert (second.number, second.from_status) == (2, "planned")


def test_a_move_that_is_not_allowed_is_refused(initiative, people):
    move(initiative, "in_progress", people[0])
    with pytest.raises(actions.Refused, match="cannot go"):
        move(initiative, "planned", people[0])


def test_it_refuses_an_unknown_status(initiative, people):
    with pytest.raises(actions.Refused, match="is not a status"):
        move(initiative, "overdue", people[0])


def test_it_names_everything_that_is_missing_and_writes_nothing(initiative, people):
    with pytest.raises(actions.NeedsMissing) as refusal:
        move(initiative, "suspended", people[0], source=None, reason="", effective=None)
    assert refusal.value.needs == ["effective_date", "reason", "source", "deciding_side"]
    assert not StatusChange.objects.exists()


def test_it_refuses_implemented_without_a_second_person(initiative, people):
    with pytest.raises(actions.NeedsMissing) as refusal:
        move(initiative, "implemented", people[0], approved_by=people[0])
    assert refusal.value.needs == ["second_person"]


def test_it_refuses_implemented_while_a_milestone_is_open(initiative, people):
    make.make_milestone(initiative)
    with pytest.raises(actions.NeedsMissing) as refusal:
        move(initiative, "implemented", people[0], approved_by=people[1])
    assert refusal.value.needs == ["milestones"]


def test_agreed_may_rest_on_an_event_that_was_held(initiative, people):
    event = make.make_event(state="held")
    make.link_event(initiative, event, "signed")
    media = make.make_source("news", kind="media")
    move(initiative, "agreed", people[0], source=media, event=event)
    assert Initiative.objects.get().status == "agreed"


def test_agreed_may_not_rest_on_an_event_that_is_only_planned(initiative, people):
    event = make.make_event(state="planned")
    make.link_event(initiative, event, "signed")
    with pytest.raises(actions.NeedsMissing):
        move(initiative, "agreed", people[0], source=None, event=event)


def test_a_correction_leads_back_from_a_final_status_and_both_rows_stay(initiative, people):
    wrong = move(initiative, "cancelled", people[0])
    actions.correct_status(
        wrong,
        to="agreed",
        by=people[1],
        reason="Mixed up",
        effective=DAY,
        source=make.make_source(),
    )
    assert Initiative.objects.get().status == "agreed"
    assert [row.corrects for row in StatusChange.objects.all()] == [None, wrong]


def test_a_correction_needs_a_reason(initiative, people):
    wrong = move(initiative, "agreed", people[0])
    with pytest.raises(actions.NeedsMissing) as refusal:
        actions.correct_status(
            wrong, to="agreed", by=people[0], reason=" ", effective=DAY, source=make.make_source()
        )
    assert refusal.value.needs == ["reason"]


def test_only_the_last_change_can_be_corrected(initiative, people):
    first = move(initiative, "planned", people[0])
    move(initiative, "agreed", people[0])
    with pytest.raises(actions.Refused, match="last"):
        actions.correct_status(first, to="planned", by=people[0], reason="Old")


def ask(initiative, by):
    return ask_for_status(
        initiative,
        by,
        source=make.make_source(),
        effective=DAY,
        reason={"en": "Built", "kk": "Салынды"},
    )


def test_nothing_changes_before_the_second_person_approves(initiative, people):
    request = ask(initiative, people[0])
    assert Initiative.objects.get().status == "planned"
    actions.approve_request(request, by=people[1])
    change = initiative.status_changes.last()
    assert (change.recorded_by, change.approved_by) == (people[0], people[1])
    assert (change.reason_en, change.reason_kk) == ("Built", "Салынды")
    assert Initiative.objects.get().status == "implemented"


def test_nobody_approves_their_own_request(initiative, people):
    with pytest.raises(actions.Refused, match="Somebody else"):
        actions.approve_request(ask(initiative, people[0]), by=people[0])


def test_a_request_is_decided_once(initiative, people):
    request = ask(initiative, people[0])
    actions.reject_request(request, by=people[1], comment="No protocol")
    with pytest.raises(actions.Refused, match="decided already"):
        actions.approve_request(request, by=people[1])


def test_a_rejection_needs_a_comment(initiative, people):
    with pytest.raises(actions.Refused, match="corrected"):
        actions.reject_request(ask(initiative, people[0]), by=people[1], comment="")


def test_one_request_waits_at_a_time(initiative, people):
    ask(initiative, people[0])
    with pytest.raises(actions.Refused, match="already waits"):
        ask(initiative, people[1])


def test_a_failure_in_the_middle_leaves_nothing(initiative, people, monkeypatch):
    def fail(*args):
        raise OSError("the disk is full")

    monkeypatch.setattr("initiatives.actions.statuses._cache", fail)
    with pytest.raises(OSError, match="full"):
        move(initiative, "agreed", people[0])
    assert not StatusChange.objects.exists()
    assert not Citation.objects.exists()


def test_a_status_from_before_the_last_one_is_refused(initiative, people):
    move(initiative, "agreed", people[0])
    with pytest.raises(actions.NeedsMissing) as refusal:
        move(initiative, "cancelled", people[0], effective=PartialDate.parse("2024"))
    assert refusal.value.needs == ["in_order"]


def test_a_correction_is_in_order_with_what_stood_before_the_mistake(initiative, people):
    move(initiative, "planned", people[0], effective=PartialDate.parse("2023"))
    wrong = move(initiative, "agreed", people[0], effective=DAY)
    values = {"to": "agreed", "by": people[0], "source": make.make_source(), "reason": "Misread"}
    with pytest.raises(actions.NeedsMissing):
        actions.correct_status(wrong, effective=PartialDate.parse("2022"), **values)
    mended = actions.correct_status(wrong, effective=PartialDate.parse("2024"), **values)
    assert str(mended.effective) == "2024"
