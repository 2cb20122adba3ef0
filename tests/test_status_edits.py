"""A status that waits is an edit; what it names may be gone when somebody decides."""

import pytest

from initiatives.actions.errors import NeedsMissing, Refused
from initiatives.actions.status_edits import (
    citation_of,
    do_status_edit,
    source_among,
    status_of,
)
from initiatives.lifecycle import Need
from initiatives.models.changes import Edit
from tests.factories import make_initiative, make_status_change

pytestmark = pytest.mark.django_db
STATUS_KEY = "CI-2025-0001/2"


def status_edit(code="CI-2025-0001", **fields) -> Edit:
    stated = {"to_status": "in_progress", "effective": "2025-05-14"} | fields
    return Edit(
        model="statuschange",
        key=[code, 2],
        action="created",
        fields={name: [None, value] for name, value in stated.items()},
    )


def citation(action="created", source="protocol", **fields) -> Edit:
    told = {"source": source, "status_change": STATUS_KEY} | fields
    return Edit(
        model="citation",
        key=[source, "P3", "status_change", "CI-2025-0001", "2"],
        action=action,
        fields={name: [None, value] for name, value in told.items()},
    )


def message_of(refusal) -> str:
    return " ".join(refusal.value.messages)


def test_the_source_of_a_status_is_the_first_citation_that_is_entered_for_it():
    entered = citation()
    among = [citation(status_change="CI-2025-0001/1"), entered, citation(source="other")]
    assert source_among(among, status_edit()) is entered


def test_a_citation_that_was_moved_to_a_status_is_not_its_source():
    entered = citation()
    assert source_among([citation(action="changed"), entered], status_edit()) is entered


def test_another_row_that_names_the_status_is_no_source():
    follower = Edit(
        model="milestone",
        key=["a", 1],
        action="created",
        fields={"status_change": [None, STATUS_KEY]},
    )
    assert source_among([follower], status_edit()) is None


def test_no_citation_is_one_without_source():
    empty = citation_of(None)
    assert (empty.source_id, empty.locator, empty.quote) == (None, "", "")


def test_without_a_citation_a_status_lacks_its_source():
    record = make_initiative()
    planned = status_edit(record.code, to_status="planned")
    with pytest.raises(NeedsMissing) as refusal:
        do_status_edit(planned, None, by=None, awaits_approval=False)
    assert refusal.value.needs == [Need.SOURCE]


def test_an_event_that_is_gone_is_told_with_its_key_and_field():
    with pytest.raises(Refused) as refusal:
        status_of(status_edit(event="session-9"))
    assert refusal.value.code == "gone"
    assert message_of(refusal) == ("“session-9” no longer exists; it was to become the event.")


def test_a_source_that_is_gone_is_told_with_its_key_and_field():
    with pytest.raises(Refused) as refusal:
        citation_of(citation())
    assert refusal.value.code == "gone"
    assert message_of(refusal) == "“protocol” no longer exists; it was to become the source."


def test_a_record_that_is_gone_is_told_with_its_code():
    with pytest.raises(Refused) as refusal:
        do_status_edit(status_edit("CI-2025-0404"), None, by=None, awaits_approval=False)
    assert refusal.value.code == "gone"
    assert message_of(refusal) == "initiative “CI-2025-0404” no longer exists."


def test_a_correction_of_a_status_that_is_the_last_no_more_is_refused():
    record = make_initiative()
    make_status_change(record, "planned"), make_status_change(record, "suspended")
    edit = status_edit(record.code, corrects=f"{record.code}/1")
    with pytest.raises(Refused) as refusal:
        do_status_edit(edit, None, by=None, awaits_approval=False)
    assert refusal.value.code == "not_last"


@pytest.mark.parametrize("waits", [True, False])
def test_a_status_that_waits_needs_its_second_person_later(waits):
    edit = status_edit(make_initiative().code, to_status="implemented")
    with pytest.raises(NeedsMissing) as refusal:
        do_status_edit(edit, None, by=None, awaits_approval=waits)
    assert (Need.SECOND_PERSON in refusal.value.needs) is not waits
