"""What a status changes of the record beside it: the actual dates, and milestones that ended."""

import pytest

from initiatives import actions
from initiatives.actions.errors import NeedsMissing, Refused
from initiatives.models import Citation
from initiatives.partial_dates import PartialDate
from tests.factories import (
    make_country,
    make_initiative,
    make_milestone,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2025-05-14")


@pytest.fixture
def road():
    record = make_initiative("CI-2024-0031", actual_start="2024-03-05")
    make_status_change(record, "in_progress", effective="2024-03")
    make_milestone(record, "Acceptance")
    return record


def suspend(record, /, *ends, **details):
    stated = {"effective": DAY, "reason": {"en": "Floods"}, "decided_by": make_country("UZ")}
    stated |= {"source": make_source(), "locator": "P3"} | details
    return actions.enter_status(record, to="suspended", by=None, milestones=ends, **stated)


def refused(record, /, *ends, **details) -> Refused:
    with pytest.raises(Refused) as refusal:
        suspend(record, *ends, **details)
    return refusal.value


def test_a_milestone_of_the_record_itself_is_ended(road):
    other = make_initiative("CI-2023-0001")
    reached = make_milestone(other, "Survey", actual="2023-01-10")
    suspend(road, actions.MilestoneEnd(number=1, actual=DAY))
    own = road.milestones.get()
    reached.refresh_from_db()
    assert (own.actual, str(reached.actual)) == (DAY, "2023-01-10")
    assert [cited.locator for cited in Citation.objects.filter(milestone=own)] == ["P3"]


def test_a_milestone_that_was_ended_already_is_told_by_its_name(road):
    milestone = road.milestones.get()
    milestone.actual = PartialDate.parse("2025-01")
    actions.save(milestone, by=None)
    refusal = refused(road, actions.MilestoneEnd(number=1, actual=DAY))
    assert refusal.code == "conflict"
    assert refusal.messages == [
        "“1. Acceptance” was ended or removed in the meantime. Look at the record first."
    ]


def test_a_milestone_that_is_gone_is_told_by_its_number(road):
    refusal = refused(road, actions.MilestoneEnd(number=7, actual=DAY))
    assert refusal.messages == [
        "“7” was ended or removed in the meantime. Look at the record first."
    ]


def test_an_end_before_the_start_is_told_with_both(road):
    refusal = refused(road, record={"actual_end": PartialDate.parse("2023")})
    (error,) = refusal.error_dict["actual_end"]
    assert error.code == "order"
    assert error.messages == [
        "The actual end (2023) is before the actual start (5 March 2024). Correct the one that is "
        "wrong; both can be changed here."
    ]


@pytest.mark.parametrize("end", ["2024-03-05", "2024"])
def test_an_end_that_may_be_the_day_of_the_start_is_taken(road, end):
    with pytest.raises(NeedsMissing):  # what it lacks is something else
        actions.enter_status(
            road, to="implemented", by=None, record={"actual_end": PartialDate.parse(end)}
        )
