"""Where the gate for approvals begins and ends: new records, other drafts, and the reason given."""

import pytest

from initiatives import actions
from initiatives.actions.approvals.approval_gate import ApprovalGate
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, Event, Initiative
from initiatives.rights import Rights
from tests.desk import make_desk, make_officer
from tests.factories import cite, make_event, make_initiative, make_milestone

pytestmark = pytest.mark.django_db


@pytest.fixture
def rights():
    return Rights(make_officer("edda", DeskRole.EDITOR))


def changed(record, row, rights, **fields):
    """Save `row` with other `fields` on the page of `record`, and give the gate."""
    gate = ApprovalGate(record, rights=rights)
    for name, value in fields.items():
        setattr(row, name, value)
    gate.run(lambda: actions.save(row, by=rights.user))
    return gate


def test_a_new_record_is_begun_at_once(rights):
    new = Initiative(title_en="New", publication="draft")
    gate = changed(new, new, rights)
    assert (gate.undone, gate.request) == (False, None)
    assert Initiative.objects.get(title_en="New").pk == new.pk


def test_a_row_of_another_draft_is_changed_at_once_on_the_page_of_a_draft(rights):
    here, there = (make_initiative(publication="draft") for _ in range(2))
    step = make_milestone(there)
    assert not changed(here, step, rights, title_en="Another").undone
    step.refresh_from_db()
    assert step.title_en == "Another"


def test_a_row_of_a_draft_on_the_page_of_what_is_public_waits(rights):
    """The page is public, and what is done on it concerns it."""
    here, there = make_initiative(), make_initiative(publication="draft")
    assert changed(here, make_milestone(there), rights, title_en="Another").undone


def test_an_event_of_no_record_is_changed_at_once_and_a_public_one_waits(rights):
    alone, shown = make_event("alone"), make_event("shown", publication="published")
    assert not changed(alone, alone, rights, title_en="Talks").undone
    gate = changed(shown, shown, rights, title_en="Talks")
    assert (gate.undone, gate.request.initiative, gate.request.model) == (True, None, "event")
    titles = dict(Event.objects.values_list("slug", "title_en"))
    assert titles == {"alone": "Talks", "shown": "Shown"}


def test_a_record_that_somebody_publishes_is_not_taken_to_where_they_may_less():
    """Only to raise one's own role takes a second person."""
    ours, theirs = make_desk("Ours", countries=["UZ"]), make_desk("Theirs", countries=["KG"])
    draft = make_initiative(parties=["UZ"], publication="draft", desk=ours)
    publisher = Rights(make_officer("paul", DeskRole.PUBLISHER, ours))
    assert not changed(draft, draft, publisher, desk=theirs).undone


def test_no_reason_is_given_for_what_moves_no_promise_and_takes_nothing_back(rights):
    shown = make_initiative(title_en="Old")
    gate = changed(shown, shown, rights, title_en="New")
    assert (gate.request.moved_because, gate.request.reverts) == ("", None)


def test_what_takes_a_change_back_says_so_and_names_it(rights):
    shown = make_initiative(title_en="Old")
    shown.title_en = "New"
    actions.save(shown, by=None)
    change = Change.objects.get(fields__has_key="title_en")
    gate = ApprovalGate(shown, rights=rights, reverts=change)
    gate.run(lambda: actions.revert(change, by=rights.user))
    assert gate.request.moved_because == "An earlier change was taken back."
    assert ChangeRequest.objects.get().reverts == change


def test_what_only_the_desk_sees_is_written_at_once_in_the_name_of_the_officer(rights):
    shown = make_initiative(title_en="Old")
    changed(shown, shown, rights, title_en="New", internal_note="Call them")
    (change,) = Change.objects.filter(model="initiative")
    assert change.fields == {"internal_note": [None, "Call them"]}
    assert (change.recorded_by, change.reverts) == (rights.user, None)


def test_what_is_taken_away_from_a_public_record_and_what_changes_in_it_wait_together(rights):
    shown = make_initiative(title_en="Old")
    citation, gate = cite(shown), ApprovalGate(shown, rights=rights)

    def act():
        actions.remove_record(citation, by=rights.user)
        shown.title_en = "New"
        actions.save(shown, by=rights.user)

    gate.run(act)
    asked = [(edit["model"], edit["action"]) for edit in gate.request.edits]
    assert asked == [("citation", "deleted"), ("initiative", "changed")]
    assert shown.citations.exists()
