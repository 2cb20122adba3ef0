"""A whole session is taken back at once; on what others have built they are told."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, ChangeSet, Citation, Event, Initiative, Source
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from tests.desk import address, make_officer, signed_in
from tests.factories import cite, make_country, make_initiative, make_status_change
from tests.test_sessions import enter, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_officer("edda", DeskRole.EDITOR)


@pytest.fixture
def publisher():
    return make_officer("pola", DeskRole.PUBLISHER)


@pytest.fixture
def road():
    make_country("UZ")
    record = make_initiative("CI-2024-0031", summary_en="Short")
    cite(make_status_change(record))
    return record


def entered(by, road):
    """A status with its start and a deadline for the road, a new draft, and a point for nobody."""
    start = PartialDate.parse("2025-11")
    points = [
        point(1, road, to="in_progress", day=start, deadline=PartialDate.parse("2027")),
        point(2, Initiative(title_en="A bridge"), deadline=PartialDate.parse("2028")),
        point(3),
    ]
    return enter(points, by)


def undone(by, change_set, **how):
    return actions.undo_session(change_set, rights=Rights(by), **how)


def test_rows_statuses_and_drafts_go_and_the_history_stays(publisher, road):
    change_set = entered(publisher, road)
    outcome, _left = undone(publisher, change_set)
    assert not outcome.failed
    road.refresh_from_db()
    assert (road.status, road.actual_start) == ("planned", None)
    assert [road.events.count(), road.milestones.count()] == [0, 0]
    assert road.status_changes.last().corrects.to_status == "in_progress"
    assert not Initiative.objects.filter(title_en="A bridge").exists()
    assert not Citation.objects.filter(milestone__isnull=False).exists()
    assert not road.citations.filter(source__slug="protocol-4").exists()
    change_set.refresh_from_db()
    assert change_set.undone_at is not None


def test_an_event_that_only_the_session_needed_goes_with_its_source(publisher):
    make_country("UZ")
    change_set = enter([point(1, Initiative(title_en="A bridge")), point(2)], publisher)
    assert undone(publisher, change_set)[1] == []
    assert not Event.objects.exists()
    assert not Source.objects.filter(slug="protocol-4").exists()
    assert ChangeSet.objects.get().event is None


def test_an_event_that_a_history_names_stays_and_it_is_said(publisher, road):
    change_set = entered(publisher, road)
    _outcome, left = undone(publisher, change_set)
    assert Event.objects.exists()
    assert any("Fourth session" in text for text in left), left


def test_what_others_built_on_stops_all_of_it_or_is_left_as_the_officer_says(publisher, road):
    change_set = entered(publisher, road)
    step = road.milestones.get()
    step.actual = "2025-12"
    actions.save(step, by=make_officer("other"))
    outcome, _left = undone(publisher, change_set)
    assert outcome.undone
    ((record, reasons),) = outcome.failed
    assert record == road
    assert "was changed in the meantime" in " ".join(reasons)
    assert Initiative.objects.filter(title_en="A bridge").exists()
    outcome, _left = undone(publisher, change_set, skip_failing=True)
    assert [one.title_en for one in outcome.done] == ["A bridge"]
    road.refresh_from_db()
    assert (road.status, road.events.count()) == ("in_progress", 1)
    change_set.refresh_from_db()
    assert change_set.undone_at is None  # the rest may still be taken back


def test_a_draft_that_was_edited_since_is_not_deleted(publisher, road):
    change_set = entered(publisher, road)
    bridge = Initiative.objects.get(title_en="A bridge")
    bridge.summary_en = "Words"
    actions.save(bridge, by=publisher)
    outcome, _left = undone(publisher, change_set)
    assert [record for record, _reasons in outcome.failed] == [bridge]


def test_what_waits_is_asked_for_no_more(editor, road):
    change_set = entered(editor, road)
    assert ChangeRequest.objects.get().state == "waiting"
    outcome, _left = undone(editor, change_set)
    assert not outcome.failed
    assert ChangeRequest.objects.get().state == "rejected"
    assert not Initiative.objects.filter(title_en="A bridge").exists()


def test_who_may_not_publish_takes_nothing_public_back(editor, publisher, road):
    change_set = entered(publisher, road)
    outcome, _left = undone(editor, change_set)
    assert "who may publish it" in str([reasons for _record, reasons in outcome.failed])
    road.refresh_from_db()
    assert road.status == "in_progress"


def test_the_page_has_the_button_and_names_what_fails(publisher, road):
    change_set = entered(publisher, road)
    page, desk = address("changeset", "change", change_set.pk), signed_in(publisher)
    assert "Take the whole session back" in desk.get(page).content.decode()
    step = road.milestones.get()
    step.actual = "2025-12"
    actions.save(step, by=make_officer("other"))
    told = desk.post(page, {"undo": "all"}).content.decode()
    assert "was changed in the meantime" in told
    assert 'value="others"' in told
    told = desk.post(page, {"undo": "others"}).content.decode()
    assert road.code in told
