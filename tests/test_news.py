"""What became known lately: which entries, in which order, and what is never told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from initiatives import actions, timeline
from initiatives.partial_dates import PartialDate
from initiatives.public.filtersets import InitiativeFilterSet
from initiatives.public.filtersets.selections import found_by
from tests import factories as make
from tests.register import known_since
from tests.stories import tell_story

pytestmark = pytest.mark.django_db
T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("dilnoza", last_name="Karimova")


def find():
    return found_by(InitiativeFilterSet())


def recent(**arguments):
    known_since()
    return timeline.recent(find, **arguments)


def recent_events():
    known_since()
    return timeline.recent_events()


def test_identifiers_are_tags_that_no_language_changes(settings):
    settings.IDENTIFIER_DOMAIN = "tracker.example.org"
    tell_story(make.make_initiative("CI-2025-0001"))
    with translation.override("kk"):
        found = {entry.uid for entry in recent()}
    start = "tag:tracker.example.org,2026:initiative/CI-2025-0001"
    parts = ("new", "status/1", "status/2", "date/1", "money/1", "milestone/1")
    assert found == {f"{start}/{part}" for part in parts}


def test_the_newest_comes_first_across_all_initiatives():
    one = make.make_initiative("CI-2025-0001", published_at=T0)
    make.make_initiative("CI-2025-0002", published_at=T0 + timedelta(hours=2))
    make.make_status_change(one, recorded_at=T0 + timedelta(hours=1))
    make.make_funding(one, created_at=T0 + timedelta(hours=3))
    assert [(entry.kind, entry.at.hour) for entry in recent()] == [
        ("money", 12),
        ("new", 11),
        ("status", 10),
        ("new", 9),
    ]


def test_a_span_of_time_begins_with_since_and_ends_before_until():
    for hours in (0, 1, 2):
        make.make_initiative(published_at=T0 + timedelta(hours=hours))
    found = recent(since=T0, until=T0 + timedelta(hours=2))
    assert [entry.at.hour for entry in found] == [10, 9]


def test_what_a_record_held_before_it_was_public_is_known_since_then():
    public = make.make_initiative(published_at=T0, embargo_until=T0 + timedelta(days=1))
    make.make_status_change(public, recorded_at=T0 - timedelta(days=9))
    known_since(T0)
    assert {entry.at for entry in recent()} == {T0 + timedelta(days=1)}
    assert [entry.kind for entry in recent(history=False)] == ["new"]


def test_a_milestone_is_reached_when_that_was_recorded(officer):
    initiative = make.make_initiative()
    step = make.make_milestone(initiative)
    known_since()
    other = make.make_milestone(initiative)
    step.actual, other.actual = PartialDate.parse("2025"), PartialDate.parse("2026")
    actions.save(step, by=officer)
    reached_at = step.updated_at
    actions.save(other, by=officer)
    step.title_en = "Renamed later"
    actions.save(step, by=officer)
    assert step.updated_at > other.updated_at > reached_at
    reached = {entry.anchor: entry.at for entry in recent() if entry.kind == "milestone"}
    assert reached == {"milestone-1": reached_at, "milestone-2": other.updated_at}


def test_milestones_that_are_still_due_are_no_news():
    make.make_milestone(make.make_initiative(), planned="2027")
    assert [entry.kind for entry in recent()] == ["new"]


@pytest.mark.parametrize(
    "hidden",
    [
        {"publication": "draft"},
        {"publication": "in_review"},
        {"publication": "withdrawn"},
        {"embargo_until": timezone.now() + timedelta(days=1)},
    ],
)
def test_nothing_is_told_of_what_is_not_public(hidden):
    tell_story(make.make_initiative(**hidden))
    assert recent() == []
    assert recent_events() == []


def test_no_officer_is_named(officer):
    initiative = tell_story(
        make.make_initiative(created_by=officer, updated_by=officer, owner=officer)
    )
    make.make_status_change(initiative, "in_progress", recorded_by=officer)
    told = repr([(entry.title, entry.body, entry.uid) for entry in recent()])
    assert "dilnoza" not in told
    assert "Karimova" not in told


def test_the_number_of_queries_does_not_depend_on_the_number_of_rows():
    numbers = []
    for more in (1, 9):
        for initiative in make.make_initiatives(more):
            tell_story(initiative)
        recent()
        with CaptureQueriesContext(connection) as queries:
            entries = timeline.recent(find, limit=100)
            assert repr([entry.citations for entry in entries])
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_all_entries_can_be_walked_in_batches(monkeypatch):
    monkeypatch.setattr("initiatives.timeline.newest.BATCH", 4)
    for initiative in make.make_initiatives(3):
        tell_story(initiative)
    known_since()
    everything = timeline.Recent(find)
    assert [entry.uid for entry in everything] == [entry.uid for entry in everything[:100]]
    assert everything.count() == 18


def test_each_change_of_an_event_has_an_identifier_of_its_own(officer):
    event = make.make_public_event("summit", state="planned")
    (before,) = recent_events()
    event.state = "held"
    actions.save(event, by=officer)
    (after,) = recent_events()
    assert before.uid.endswith("event/summit/0")
    assert after.uid.endswith("event/summit/1")
    assert after.title == "Summit (held)"
