"""Taking back what is public waits for a second person, as every change of it does."""

import pytest

from initiatives import actions
from initiatives.models import (
    ChangeRequest,
    Citation,
    DateRevision,
    Initiative,
    InitiativeEvent,
)
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests import reverting
from tests.reverting import changed, citation, event_link, last, milestone

pytestmark = pytest.mark.django_db
officer = reverting.officer
other = reverting.other
initiative = reverting.initiative


def attempt(change, record, by):
    tried = actions.ApprovalGate(record, rights=Rights(by), reverts=change)
    tried.run(lambda: actions.revert(change, by=by))
    return tried


def test_an_editors_taking_back_of_what_is_public_waits(initiative, officer, other):
    change = changed(initiative, officer, planned_end=PartialDate.parse("2029"))
    request = attempt(change, initiative, officer).request
    assert str(Initiative.objects.get().planned_end) == "2029"
    actions.approve_request(request, by=other)
    assert str(Initiative.objects.get().planned_end) == "2027"
    assert DateRevision.objects.order_by("number").last().reason == request.moved_because != ""
    assert (last().reverts, last().approved_by) == (change, other)


def test_what_only_the_desk_sees_is_taken_back_at_once(initiative, officer):
    change = changed(initiative, officer, internal_note="Call them")
    assert attempt(change, initiative, officer).request is None
    assert Initiative.objects.get().internal_note == ""
    assert last().reverts == change


def test_a_removed_row_does_not_come_back_twice(initiative, officer, other):
    step = event_link(initiative)
    actions.save(step, by=officer)
    actions.remove_record(step, by=officer)
    change = last()
    request = attempt(change, initiative, officer).request
    actions.revert(change, by=other)
    with pytest.raises(actions.Refused):
        actions.approve_request(request, by=other)
    assert initiative.events.count() == 1


def test_a_removal_that_waits_does_not_take_what_others_wrote_since(initiative, officer, other):
    row = event_link(initiative)
    actions.save(row, by=other)
    tried = actions.ApprovalGate(initiative, rights=Rights(officer))
    tried.run(lambda: actions.remove_record(InitiativeEvent.objects.get(), by=officer))
    changed(InitiativeEvent.objects.get(), other, protocol_reference="12")
    with pytest.raises(actions.Refused, match="changed in the meantime"):
        actions.approve_request(ChangeRequest.objects.get(), by=other)


def test_a_citation_that_waits_for_another_claim_finds_its_way(initiative, officer, other):
    step = milestone(initiative)
    actions.save(step, by=other)
    cited = citation(initiative)
    actions.save(cited, by=other)
    tried = actions.ApprovalGate(initiative, rights=Rights(officer))
    cited = Citation.objects.get()
    cited.initiative, cited.milestone = None, step
    tried.run(lambda: actions.save(cited, by=officer))
    actions.approve_request(ChangeRequest.objects.get(), by=other)
    assert Citation.objects.get().milestone == step
