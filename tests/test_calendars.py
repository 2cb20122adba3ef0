"""Calendars: what is in them, how honest their days are, and that readers can read them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from initiatives import actions
from initiatives.partial_dates import PartialDate
from tests import factories as make
from tests.calendar_reader import document, events, one
from tests.register import known_since
from tests.stories import tell_hostile_story, tell_story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
T0 = datetime(2026, 3, 1, 9, tzinfo=UTC)
SCOPES = [
    "/initiatives",
    "/initiatives/CI-2025-0001",
    "/countries/uz",
    "/pairs/kz-uz",
    "/sectors/energy",
]
EVERY = [*SCOPES, "/events"]


@pytest.fixture(autouse=True)
def _domain(settings):
    settings.IDENTIFIER_DOMAIN = "tracker.example.org"


@pytest.mark.parametrize("address", EVERY)
def test_a_calendar_without_entries_has_one_component_as_the_standard_demands(client, address):
    make.make_initiative("CI-2025-0001")
    calendar = Calendar.from_ical(document(client, address))
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize("address", SCOPES)
def test_a_calendar_has_events_deadlines_and_planned_ends(client, address):
    initiative = make.make_initiative("CI-2025-0001", planned_end="2028")
    make.make_milestone(initiative, planned="2027-05-14")
    event = make.make_public_event("summit", start="2026-11-02")
    make.link_event(initiative, event)
    assert {str(found["UID"]) for found in events(client, address)} == {
        str(event.uid),
        "CI-2025-0001-milestone-1@tracker.example.org",
        "CI-2025-0001-planned-end@tracker.example.org",
    }


def test_the_calendar_of_a_search_has_what_the_search_finds(client):
    make.make_initiative("CI-2025-0001", planned_end="2027")
    make.make_initiative("CI-2025-0002", planned_end="2027", status="agreed")
    found = Calendar.from_ical(client.get("/en/initiatives.ics?status=agreed").getvalue())
    (event,) = found.walk("VEVENT")
    assert event["UID"].startswith("CI-2025-0002")


def test_a_calendar_of_an_earlier_day_has_the_dates_that_were_promised_then(
    client, django_user_model
):
    long_ago = datetime(2025, 1, 1, tzinfo=UTC)
    initiative = make.make_initiative(
        planned_end=PartialDate.parse("2027"), published_at=long_ago, created_at=long_ago
    )
    make.make_status_change(initiative, recorded_at=long_ago)
    known_since(long_ago)
    initiative.refresh_from_db()
    initiative.planned_end = PartialDate.parse("2031")
    actions.save(initiative, by=django_user_model.objects.create_user("officer"), reason="Floods")
    for query, year in (("", 2031), ("?as_of=2025-06-30", 2027)):
        response = client.get(f"/en/initiatives.ics{query}")
        (event,) = Calendar.from_ical(response.getvalue()).walk("VEVENT")
        assert event["DTSTART"].dt.year == year


def test_events_of_a_country_and_of_a_pair_need_no_initiative(client):
    event = make.make_public_event("summit", host_country=make.make_country("UZ"))
    event.countries.set([make.make_country("UZ"), make.make_country("KZ")])
    make.make_public_event("elsewhere")
    for address in ("/countries/uz", "/countries/kz", "/pairs/kz-uz"):
        assert one(client, address)["UID"] == str(event.uid)


@pytest.mark.parametrize(
    ("state", "status", "summary"),
    [
        ("planned", "TENTATIVE", "Summit"),
        ("confirmed", "CONFIRMED", "Summit"),
        ("held", "CONFIRMED", "Summit"),
        ("postponed", "TENTATIVE", "Postponed: Summit"),
        ("cancelled", "CANCELLED", "Summit"),
    ],
)
def test_the_state_of_an_event_is_its_status(client, state, status, summary):
    make.make_public_event("summit", state=state, start="2026-11-02")
    event = one(client, "/events")
    assert (event["STATUS"], event["SUMMARY"]) == (status, summary)


@pytest.mark.parametrize(
    ("fields", "milestone", "expected"),
    [
        ({}, {}, "CONFIRMED"),
        ({}, {"dropped_reason_en": "No money"}, "CANCELLED"),
        ({"status": "suspended"}, {}, "TENTATIVE"),
        ({"status": "cancelled"}, {}, "CANCELLED"),
    ],
)
def test_a_deadline_that_no_longer_holds_says_so(client, fields, milestone, expected):
    make.make_milestone(make.make_initiative(**fields), planned="2027", **milestone)
    assert one(client)["STATUS"] == expected


def test_a_change_raises_the_sequence_and_keeps_the_name(client, django_user_model):
    officer = django_user_model.objects.create_user("officer")
    event = make.make_public_event("summit", start="2026-11-02", state="planned")
    before = one(client, "/events")
    event.state = "confirmed"
    actions.save(event, by=officer)
    after = one(client, "/events")
    assert (before["UID"], before["SEQUENCE"] + 1) == (after["UID"], after["SEQUENCE"])


def test_the_sequence_of_a_deadline_rises_with_its_initiative(client, django_user_model):
    officer = django_user_model.objects.create_user("officer")
    initiative = make.make_initiative()
    step = make.make_milestone(initiative, planned="2027")
    numbers = [int(one(client)["SEQUENCE"])]
    step.planned = PartialDate.parse("2028")
    actions.save(step, by=officer, reason="Floods")
    numbers.append(int(one(client)["SEQUENCE"]))
    initiative.refresh_from_db()
    initiative.title_en = "Renamed"
    actions.save(initiative, by=officer, reason="Floods")
    numbers.append(int(one(client)["SEQUENCE"]))
    assert numbers == sorted(set(numbers))


def test_stamps_are_those_of_the_data_and_not_of_the_moment(client):
    make.make_public_event(start="2026-11-02", updated_at=T0)
    event = one(client, "/events")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == T0


def test_an_event_says_where_it_is_and_what_it_is_about(client):
    initiative = make.make_initiative("CI-2025-0001", title_en="Corridor")
    make.make_initiative("CI-2025-0002", title_en="Hidden", publication="draft")
    event = make.make_public_event(
        "summit", start="2026-11-02", place_en="Tashkent", outcome_en="Two; agreed,\nboth"
    )
    make.link_event(initiative, event)
    found = one(client, "/events")
    assert found["LOCATION"] == "Tashkent"
    assert found["URL"] == "http://testserver/en/events/summit/"
    assert found["CATEGORIES"].cats == ["Commission session"]
    assert found["DESCRIPTION"] == "Held\nTwo; agreed,\nboth\nCI-2025-0001 Corridor"


def test_a_deadline_leads_to_its_row(client):
    make.make_milestone(make.make_initiative("CI-2025-0001"), planned="2027")
    assert one(client)["URL"] == "http://testserver/en/initiatives/CI-2025-0001/#milestone-1"


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_no_line_is_longer_than_75_octets(client, language):
    title = "Каспийский зелёный энергетический коридор — Өзбекстан мен Қазақстан " * 3
    make.make_milestone(make.make_initiative(title_ru=title, title_kk=title), planned="2027")
    make.make_public_event("summit", start="2027", outcome_ru=title * 9)
    for address in ("/initiatives", "/events"):
        lines = document(client, address, language).split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line for line in lines)
    assert title.strip() in one(client, "/initiatives", language)["SUMMARY"]


@pytest.mark.parametrize("address", EVERY)
def test_hostile_stored_text_does_not_break_a_calendar(client, address, monkeypatch):
    tell_hostile_story("CI-2025-0001", monkeypatch)
    found = events(client, address)
    assert len(found) == (1 if address == "/events" else 4)
    assert not any(set("\x0b\x1f\r\x85\ufffe") & set(event["SUMMARY"]) for event in found)
    assert not any("X" in event for event in found)


@pytest.mark.parametrize("address", EVERY)
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(client, address):
    make.make_milestone(tell_story(make.make_initiative("CI-2025-0001")), planned="2027")
    numbers = []
    for more in (0, 6):
        for initiative in make.make_initiatives(more):
            make.make_milestone(tell_story(initiative), planned="2027")
        with CaptureQueriesContext(connection) as queries:
            document(client, address)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_the_calendar_has_the_name_of_what_it_shows(client):
    make.make_initiative()
    calendar = Calendar.from_ical(document(client, "/pairs/kz-uz"))
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Kazakhstan – Uzbekistan"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in document(client, "/pairs/kz-uz")
