"""What a status leaves behind: the row, the record, the citation, the history, the request."""

import pytest

from initiatives import actions
from initiatives.choices import EventRelation, Origin, RequestState
from initiatives.lifecycle import Need
from initiatives.models import Change, ChangeRequest, Initiative, StatusChange
from initiatives.models.texts import text_of
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.requesting import ask_for_status

pytestmark = pytest.mark.django_db
DAY = PartialDate.parse("2025-05-14")


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name) for name in ("one", "two")]


@pytest.fixture
def record():
    return make.make_initiative(actual_start="2025", outcome_en="Built", actual_end="2025")


def all_details(record):
    """A value for all that a status may say besides its reason."""
    event = make.make_event()
    make.link_event(record, event, EventRelation.AGREED)
    return {
        "effective": DAY,
        "source": make.make_source(),
        "locator": "P3",
        "quote": "It is so.",
        "event": event,
        "decided_by": make.make_country("UZ"),
        "continued_in": make.make_initiative(),
    }


def said(row, *names):
    return {name: getattr(row, name) for name in names}


def test_the_row_says_all_that_was_said(record, people):
    details = all_details(record)
    change = actions.change_status(
        record, to="cancelled", by=people[0], approved_by=people[1], reason="End", **details
    )
    stored = StatusChange.objects.get(pk=change.pk)
    names = ("effective", "event", "decided_by", "continued_in")
    assert said(stored, *names) == {name: details[name] for name in names}
    people_and_way = said(stored, "recorded_by", "approved_by", "origin", "corrects", "reason_en")
    assert list(people_and_way.values()) == [*people, Origin.DESK, None, "End"]
    (citation,) = stored.citations.all()
    names = ("source", "locator", "quote")
    assert said(citation, *names) == {name: details[name] for name in names}
    assert citation.created_by == people[0]


def test_a_status_without_a_source_has_no_citation(record, people):
    make.link_event(record, make.make_event(), EventRelation.AGREED)
    change = actions.change_status(record, to="agreed", by=people[0], effective=DAY)
    assert not change.citations.exists()


def test_the_record_and_its_history_say_the_status(record, people):
    versions = record.version, record.public_version
    details = {"source": make.make_source(), "effective": PartialDate.parse("2024")}
    actions.change_status(record, to="planned", by=people[0], **details)
    actions.change_status(record, to="agreed", by=people[1], **details | {"effective": DAY})
    stored = Initiative.objects.get(pk=record.pk)
    newest = stored.status_changes.last()
    assert said(stored, "status", "status_since", "updated_by") == {
        "status": "agreed",
        "status_since": DAY,
        "updated_by": people[1],
    }
    assert stored.updated_at == newest.recorded_at
    assert (stored.version, stored.public_version) == (versions[0] + 2, versions[0] + 2)
    first, second = Change.objects.filter(model="initiative").order_by("pk")
    assert first.fields == {"status": ["planned", "planned"], "status_since": [None, "2024"]}
    assert second.fields == {
        "status": ["planned", "agreed"],
        "status_since": ["2024", "2025-05-14"],
    }
    assert said(second, "action", "recorded_by") == {"action": "changed", "recorded_by": people[1]}


def test_an_import_may_leave_the_date_open_and_that_stays_open(record, people):
    values = {"to": "planned", "by": people[0], "source": make.make_source()}
    change = actions.change_status(record, origin=Origin.IMPORT, **values)
    assert said(change, "effective", "origin") == {"effective": None, "origin": Origin.IMPORT}
    (written,) = Change.objects.filter(model="initiative")
    assert written.fields["status_since"] == [None, None]


def test_what_another_publisher_says_needs_no_parties_but_what_we_import_does(people):
    record = make.make_initiative(parties=[])
    values = {"to": "planned", "by": people[0], "source": make.make_source()}
    with pytest.raises(actions.NeedsMissing) as refusal:
        actions.change_status(record, origin=Origin.IMPORT, **values)
    assert refusal.value.needs == [Need.PARTIES]
    actions.change_status(record, origin=Origin.IMPORT, elsewhere=True, **values)
    assert record.status_changes.count() == 1


def test_nobody_is_no_second_person(record, people):
    with pytest.raises(actions.NeedsMissing) as refusal:
        actions.change_status(
            record, to="implemented", by=people[0], effective=DAY, source=make.make_source()
        )
    assert refusal.value.needs == [Need.DELIVERED, Need.SECOND_PERSON]


# --- Requests -------------------------------------------------------------------------------------


def request_for(record, by, to="implemented", **details):
    values = {"effective": DAY, "source": make.make_source(), **details}
    values["record"] = {"delivered": "full"}
    return ask_for_status(record, by, to, **values)


def test_an_approved_request_becomes_the_status_that_was_asked_for(record, people):
    details = all_details(record)
    reason = {"en": "Built", "ru": "Построено"}
    request = request_for(record, people[0], reason=reason, **details)
    assert request.created_by == people[0]
    actions.approve_request(request, by=people[1], comment="Seen")
    change = record.status_changes.get()
    names = ("effective", "event", "decided_by", "continued_in")
    assert said(change, *names) == {name: details[name] for name in names}
    assert said(change, "recorded_by", "approved_by", "to_status") == {
        "recorded_by": people[0],
        "approved_by": people[1],
        "to_status": "implemented",
    }
    assert said(change, "reason_en", "reason_ru", "reason_uz") == {
        "reason_en": "Built",
        "reason_ru": "Построено",
        "reason_uz": "",
    }
    citation = change.citations.get()
    assert (citation.source, citation.locator) == (details["source"], "P3")
    assert citation.quote == "It is so."
    stored = ChangeRequest.objects.get(pk=request.pk)
    assert said(stored, "state", "approver", "comment", "updated_by") == {
        "state": RequestState.APPROVED,
        "approver": people[1],
        "comment": "Seen",
        "updated_by": people[1],
    }
    assert text_of(stored, "decided_at")


def test_a_correction_is_asked_for_and_approved_as_any_status(record, people):
    wrong = actions.change_status(
        record, to="cancelled", by=people[0], reason="End", effective=DAY, source=make.make_source()
    )
    request = request_for(record, people[0], corrects=wrong, reason="Mixed up")
    actions.approve_request(request, by=people[1])
    assert record.status_changes.last().corrects == wrong


def test_a_further_request_may_be_made_when_the_one_before_is_decided(record, people):
    first = request_for(record, people[0])
    actions.reject_request(first, by=people[1], comment="No protocol")
    second = request_for(record, people[0])
    assert second.state == RequestState.WAITING
