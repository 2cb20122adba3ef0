"""Requests that take something back, that belong to an import, or that are refused with a code."""

import pytest

from initiatives import actions
from initiatives.actions.approvals.requests import ask_again, request_edits
from initiatives.actions.edits import inverse_of
from initiatives.choices import RequestKind
from initiatives.models import Change, ChangeRequest, Citation, ImportBatch, Initiative
from initiatives.partial_dates import PartialDate
from tests import reverting
from tests.factories import cite, make_initiative, make_source, make_status_change
from tests.reverting import changed, citation, last

pytestmark = pytest.mark.django_db
officer = reverting.officer
other = reverting.other
initiative = reverting.initiative


def edits_of(record, **fields):
    key = [record.code]
    return [{"model": "initiative", "key": key, "action": "changed", "fields": fields}]


def refusal_of(act, *args, **values):
    with pytest.raises(actions.Refused) as refusal:
        act(*args, **values)
    return refusal.value


def test_nobody_approves_their_own_request(initiative, officer):
    request = request_edits(initiative, edits_of(initiative, title_en=["Bridge", "x"]), by=officer)
    assert refusal_of(actions.approve_request, request, by=officer).code == "second_person"


def test_a_request_that_still_waits_is_not_asked_for_again(initiative, officer):
    edits = edits_of(initiative, title_en=["Bridge", "Tunnel"])
    request = request_edits(initiative, edits, by=officer)
    assert refusal_of(ask_again, request, edits, by=officer).code == "mend"


def test_a_promise_that_moves_is_asked_for_again_with_its_reason(initiative, officer, other):
    edits = edits_of(initiative, planned_end=["2027", "2028"])
    request = request_edits(initiative, edits, by=officer, moved_because="Floods")
    actions.reject_request(request, by=other, comment="Which floods?")
    request.refresh_from_db()
    assert refusal_of(ask_again, request, edits, by=officer)  # no reason, no later date
    again = ask_again(request, edits, by=officer, moved_because="Floods of May")
    actions.approve_request(again, by=other)
    assert Initiative.objects.get().planned_end == PartialDate.parse("2028")


def test_changes_of_a_request_that_an_import_made_belong_to_the_import(initiative, officer, other):
    batch = ImportBatch.objects.create(file_name="table.csv", sha256="0" * 64)
    request = request_edits(initiative, edits_of(initiative, title_en=["Bridge", "x"]), by=officer)
    ChangeRequest.objects.update(batch=batch)
    actions.approve_request(request, by=other)
    assert Change.objects.get(fields__has_key="title_en").batch == batch


# --- Taking back ----------------------------------------------------------------------------------


def ask_to_revert(change, by):
    return request_edits(change.initiative, [inverse_of(change)], by=by, reverts=change)


def test_what_came_back_meanwhile_does_not_come_a_second_time(initiative, officer, other):
    cited = citation(initiative)
    actions.save(cited, by=other)
    actions.remove_record(cited, by=other)
    change = last()
    request = ask_to_revert(change, officer)
    actions.revert(change, by=other)
    assert refusal_of(actions.approve_request, request, by=other).code == "reverted"
    assert Citation.objects.count() == 1


def test_a_value_that_went_back_meanwhile_stands_as_was_asked_for(initiative, officer, other):
    change = changed(initiative, other, title_en="Tunnel")
    request = ask_to_revert(change, officer)
    actions.revert(change, by=other)
    actions.approve_request(request, by=other)
    request.refresh_from_db()
    assert (request.state, Initiative.objects.get().title_en) == ("approved", "Bridge")


@pytest.mark.parametrize("action", ["created", "deleted"])
def test_a_record_is_neither_unmade_nor_made_again_by_a_click(initiative, officer, action):
    change = Change.objects.create(
        model="initiative", key=[initiative.code], action=action, initiative=initiative
    )
    assert refusal_of(actions.revert, change, by=officer).code == "verb"


def test_what_has_got_parts_since_says_which(initiative, officer):
    step = reverting.milestone(initiative)
    actions.save(step, by=officer)
    change = last()
    cite(step, make_source())
    (message,) = refusal_of(actions.revert, change, by=officer).messages
    assert message == f"“{step}” has got citations since. Take those back first."


# --- Publications ---------------------------------------------------------------------------------


@pytest.fixture
def publication(officer):
    draft = make_initiative(publication="draft", summary_en="Text")
    cite(make_status_change(draft), make_source())
    actions.submit_for_review(draft, by=officer)
    return ChangeRequest.objects.get(kind=RequestKind.PUBLICATION)


@pytest.mark.parametrize("decide", [actions.approve_request, actions.reject_request])
def test_the_comment_on_a_publication_stays_with_its_request(publication, other, decide):
    decide(publication, by=other, comment="Well sourced")
    publication.refresh_from_db()
    assert (publication.approver, publication.comment) == (other, "Well sourced")
