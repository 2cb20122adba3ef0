"""Further points are added to a session that is stored, and nothing else of it changes."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, ChangeSet, Event
from initiatives.rights import Rights
from tests.desk import (
    address,
    edit,
    errors_in,
    make_chief,
    make_desk,
    make_officer,
    make_viewer,
    signed_in,
    values_of,
)
from tests.factories import (
    cite,
    link_event,
    make_country,
    make_initiative,
    make_sector,
    make_status_change,
)
from tests.session_desk import at_row, rows_of
from tests.test_sessions import enter, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    make_country("UZ"), make_country("KZ"), make_sector()
    return make_officer("pola", DeskRole.PUBLISHER)


@pytest.fixture
def road():
    record = make_initiative("CI-2024-0031", title_en="Road", summary_en="Short")
    cite(make_status_change(record))
    return record


@pytest.fixture
def event(publisher, road):
    """Point 3 speaks of the road, point 4 of no record."""
    enter([point(3, road), point(4, decision="Take note.")], publisher)
    return Event.objects.get()


def page_of(event):
    return address("event", "points", event.pk)


def added(officer, event, record=None, **typed):
    """One point is typed into the page of a stored session, which is saved."""
    desk = signed_in(officer)
    boxes = {"points-0-decision": "Build the second lane.", **typed}
    if record is not None:
        boxes |= {"points-0-initiative": record.code, "points-0-choice": str(record.pk)}
        boxes["points-0-found_for"] = record.code
    else:
        boxes["points-0-choice"] = "none"
    return desk.post(page_of(event), {**values_of(desk.get(page_of(event))), **boxes, "_save": "1"})


def state_of(event):
    skipped = (
        "version",
        "sequence",
        "updated_at",
        "updated_by",
        "search_text",
        "outcome_en",
        "outcome",
    )
    fields = [f.name for f in Event._meta.concrete_fields if f.name not in skipped]
    return Event.objects.values(*fields).get(pk=event.pk), sorted(
        event.countries.values_list("iso2", flat=True)
    )


def test_the_page_of_an_event_leads_to_its_points(publisher, event):
    assert page_of(event) in signed_in(publisher).get(edit(event)).content.decode()


def test_the_page_knows_the_protocol_and_the_next_number(publisher, event):
    values = values_of(signed_in(publisher).get(page_of(event)))
    assert (values["source"], values["language"]) == ("protocol-4", "en")
    assert values["points-0-number"] == "5"
    answer = signed_in(publisher).get(page_of(event))
    assert at_row(answer, 0) == ""  # a number alone is no point yet
    assert not {"title", "start", "place", "sides"} & values.keys()


def test_a_point_is_added_to_the_stored_link_and_cited(publisher, event, road):
    before = state_of(event)
    answer = added(publisher, event, road)
    assert answer.status_code == 302, errors_in(answer)
    link = road.events.get()
    assert link.protocol_reference == "3, 5"
    assert link.decision_en == "Decision 3.\n\nBuild the second lane."
    assert road.citations.filter(source__slug="protocol-4", locator="point 5").exists()
    assert state_of(event) == before
    assert event.citations.count() == 1


def test_a_point_of_no_record_stands_below_the_outcome(publisher, event):
    before = state_of(event)
    added(publisher, event)
    event.refresh_from_db()
    assert event.outcome_en == "4. Take note.\n\n5. Build the second lane."
    assert state_of(event) == before


def test_a_number_that_is_stored_for_the_record_is_refused_and_kept(publisher, event, road):
    answer = added(publisher, event, road, **{"points-0-number": "3"})
    assert "Point 3 of this session is stored for this record already" in at_row(answer, 0)
    assert rows_of(answer)[0]["decision"] == "Build the second lane."
    assert road.events.get().protocol_reference == "3"
    assert ChangeSet.objects.count() == 1


def test_what_is_public_waits_where_the_officer_may_not_decide(publisher, event, road):
    editor = make_officer("edda", DeskRole.EDITOR)
    added(editor, event, road, **{"points-0-number": "9"})
    assert road.events.get().protocol_reference == "3"
    assert ChangeRequest.objects.filter(state="waiting", initiative=road).exists()


def test_it_is_taken_back_without_what_was_there_before(publisher, event, road):

    added(publisher, event, road)
    second = ChangeSet.objects.order_by("-pk").first()
    outcome, left = actions.undo_session(second, rights=Rights(publisher))
    assert (outcome.failed, left) == ([], [])
    assert road.events.get().decision_en == "Decision 3."
    assert Event.objects.get() == event


def test_the_same_page_sent_twice_is_stored_once(publisher, event, road):
    desk = signed_in(publisher)
    values = values_of(desk.get(page_of(event)))
    boxes = {
        "points-0-decision": "Build.",
        "points-0-initiative": road.code,
        "points-0-choice": str(road.pk),
        "points-0-found_for": road.code,
    }
    for _time in range(2):
        desk.post(page_of(event), {**values, **boxes, "_save": "1"})
    assert ChangeSet.objects.count() == 2
    assert road.events.get().protocol_reference == "3, 5"


@pytest.mark.parametrize(("key", "status"), [("0", 403), ("x", 404), ("9" * 30, 404)])
def test_an_event_that_is_not_there_is_answered_like_a_hidden_one(publisher, key, status):
    answer = signed_in(publisher).get(f"/admin/initiatives/event/{key}/session/")
    assert answer.status_code == status


def test_who_may_not_edit_the_event_is_refused(event):
    answer = signed_in(make_viewer()).get(page_of(event))
    assert answer.status_code == 403
    assert not Change.objects.filter(recorded_by__username="guest").exists()


@pytest.mark.parametrize("number", ["9" * 5_000, "٣", "-1", "1\0"])
def test_a_number_that_is_none_is_no_error_when_a_row_is_added(publisher, event, number):
    desk = signed_in(publisher)
    sent = values_of(desk.get(page_of(event))) | {"points-0-number": number, "more": "1"}
    answer = desk.post(page_of(event), sent)
    assert answer.status_code == 200
    assert values_of(answer)["points-1-number"] == "5"


def test_the_numbers_of_records_that_the_officer_may_not_see_are_not_told(event, road):
    hidden = make_initiative("CI-2024-0099", publication="draft")
    link_event(hidden, event, protocol_reference="77")
    road.countries.create(country=make_country("KG"), role="party")
    near = make_officer("nina", DeskRole.EDITOR, make_desk("KG", countries=["KG"]))
    answer = signed_in(near).get(page_of(event))
    assert answer.status_code == 200
    assert values_of(answer)["points-0-number"] == "5"
    assert values_of(signed_in(make_chief()).get(page_of(event)))["points-0-number"] == "78"


def test_what_waits_of_the_event_is_asked_no_more_when_the_points_are_taken_back(event):
    Event.objects.update(publication="published")
    editor = make_officer("edda", DeskRole.EDITOR)
    added(editor, event)
    request = ChangeRequest.objects.get(model="event", state="waiting")
    outcome, left = actions.undo_session(request.change_set, rights=Rights(editor))
    request.refresh_from_db()
    assert (outcome.failed, left, request.state) == ([], [], "rejected")


def test_what_others_ask_of_the_event_stays_for_who_may_not_decide(event):
    Event.objects.update(publication="published")
    added(make_officer("edda", DeskRole.EDITOR), event)
    request = ChangeRequest.objects.get(model="event", state="waiting")
    other = make_officer("egor", DeskRole.EDITOR)
    _outcome, left = actions.undo_session(request.change_set, rights=Rights(other))
    request.refresh_from_db()
    assert (len(left), request.state) == (1, "waiting")
    request.change_set.refresh_from_db()
    assert request.change_set.undone_at is None
