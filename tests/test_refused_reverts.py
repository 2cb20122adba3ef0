"""What is not taken back: what others built on, and what the domain keeps for good."""

import pytest

from initiatives import actions
from initiatives.lifecycle import ONLY_IMPLEMENTED, Status
from initiatives.models import (
    Change,
    Citation,
    Event,
)
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests import reverting
from tests.reverting import changed, last, milestone

pytestmark = pytest.mark.django_db
officer = reverting.officer
initiative = reverting.initiative


def test_an_added_milestone_with_a_citation_stays(initiative, officer):
    step = milestone(initiative)
    actions.save(step, by=officer)
    change = last()
    actions.save(Citation(milestone=step, source=make.make_source()), by=officer)
    with pytest.raises(actions.Refused, match="citations") as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "built_on"


def test_an_added_event_in_use_stays(initiative, officer):
    event = Event(slug="talks", title_en="Talks", kind="commission_session")
    actions.save(event, by=officer)
    change = last()
    make.link_event(initiative, event)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "in_use"


def test_a_milestone_whose_date_moved_is_not_removed(initiative, officer):
    step = milestone(initiative)
    actions.save(step, by=officer)
    changed(step, officer, planned=PartialDate.parse("2028"))
    with pytest.raises(actions.Refused) as refusal:
        actions.remove_record(step, by=officer)
    assert refusal.value.code == "history"


def test_a_change_is_taken_back_once(initiative, officer):
    change = changed(initiative, officer, title_en="Tunnel")
    actions.revert(change, by=officer)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "reverted"


def test_money_is_not_taken_back(initiative, officer):
    actions.save(make.make_funding(initiative), by=officer)
    changed(initiative.funding.get(), officer, amount="7")
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(last(model="funding"), by=officer)
    assert refusal.value.code == "history"


def test_what_the_present_status_needs_is_not_taken_back(initiative, officer):
    make.make_status_change(initiative, Status.IN_PROGRESS, effective="2025")
    initiative.refresh_from_db()
    change = changed(initiative, officer, actual_start=PartialDate.parse("2025"))
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "needed"
    initiative.refresh_from_db()
    assert str(initiative.actual_start) == "2025"


def test_what_an_earlier_status_needed_is_taken_back(initiative, officer):
    make.make_status_change(initiative, Status.AGREED, effective="2025")
    initiative.refresh_from_db()
    change = changed(initiative, officer, actual_start=PartialDate.parse("2025"))
    actions.revert(change, by=officer)
    initiative.refresh_from_db()
    assert initiative.actual_start is None


def test_a_status_is_not_taken_back(initiative, officer):
    make.make_milestone(initiative)
    source = make.make_source()
    actions.change_status(
        initiative,
        to=Status.PLANNED,
        effective=PartialDate.parse("2025"),
        source=source,
        by=officer,
    )
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(last(model="initiative"), by=officer)
    assert refusal.value.code == "verb"
    assert initiative.status_changes.count() == 1


def test_a_publication_is_not_taken_back(initiative, officer):
    actions.withdraw(initiative, reason="Twice", by=officer)
    with pytest.raises(actions.Refused):
        actions.revert(last(), by=officer)


@pytest.mark.parametrize(
    ("model", "fields"), [("nothing", {}), ("initiative", {"no_such_field": ["a", "b"]})]
)
def test_what_the_domain_no_longer_knows_is_not_taken_back(officer, model, fields):
    change = Change.objects.create(model=model, key=["x"], action="changed", fields=fields)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.code == "unknown"


def test_how_much_was_delivered_does_not_come_back_to_what_is_implemented_no_more(officer):
    record = make.make_initiative(outcome_en="Built", delivered="full")
    make.make_status_change(record, Status.IMPLEMENTED)
    change = changed(record, officer, delivered="")
    make.make_status_change(record, Status.IN_PROGRESS)
    with pytest.raises(actions.Refused) as refusal:
        actions.revert(change, by=officer)
    assert refusal.value.messages == [str(ONLY_IMPLEMENTED)]
