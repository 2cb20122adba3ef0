"""The days and times of calendars: as exact as what is known, and no more."""

from datetime import UTC, date, datetime

import pytest

from tests import factories as make
from tests.calendar_reader import events, one

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("planned", "first", "after", "summary"),
    [
        ("2027-05-14", date(2027, 5, 14), date(2027, 5, 15), "Milestone due: Step – Corridor"),
        (
            "2027-05",
            date(2027, 5, 1),
            date(2027, 6, 1),
            "[about May 2027] Milestone due: Step – Corridor",
        ),
        ("2027-Q3", date(2027, 7, 1), date(2027, 10, 1), None),
        ("2027-H2", date(2027, 7, 1), date(2028, 1, 1), None),
        ("2027", date(2027, 1, 1), date(2028, 1, 1), "[about 2027] Milestone due: Step – Corridor"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), None),
    ],
)
def test_a_partial_date_is_a_span_and_says_so(client, planned, first, after, summary):
    make.make_milestone(make.make_initiative(title_en="Corridor"), planned=planned)
    event = one(client)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, after)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["TRANSP"] == "TRANSPARENT"
    assert str(event["SUMMARY"]).startswith("[about") is (planned != "2027-05-14")
    assert summary is None or event["SUMMARY"] == summary


def test_the_mark_of_an_approximate_date_is_in_the_language_of_the_reader(client):
    make.make_milestone(make.make_initiative(), planned="2027-05")
    assert "май 2027" in one(client, language="ru")["SUMMARY"]


def test_what_has_no_date_is_left_out(client):
    initiative = make.make_initiative()
    make.make_milestone(initiative)
    make.link_event(initiative, make.make_event(start=None))
    assert events(client) == []


@pytest.mark.parametrize(
    ("start", "end", "first", "after", "mark"),
    [
        ("2026-11-02", "2026-11-04", date(2026, 11, 2), date(2026, 11, 5), ""),
        ("2026-11-02", "2026", date(2026, 11, 2), date(2027, 1, 1), "[about 2 Nov"),
        ("2026-11", "2027-02", date(2026, 11, 1), date(2027, 3, 1), "[about November 2026 – Feb"),
        ("2026-11-04", "2026-11-02", date(2026, 11, 4), date(2026, 11, 5), ""),
        (None, "2026-11-02", date(2026, 11, 2), date(2026, 11, 3), ""),
    ],
)
def test_an_event_of_several_days_is_one_span(client, start, end, first, after, mark):
    make.make_public_event("summit", start=start, end=end)
    event = one(client, "/events")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, after)
    assert str(event["SUMMARY"]).startswith(mark or "Summit")


def test_a_time_is_an_instant_and_not_a_day(client):
    zone = {"time_zone": "Asia/Tashkent", "start": "2026-11-02", "end": "2026-11-03"}
    make.make_public_event(start_time="10:30", end_time="09:00", **zone)
    event = one(client, "/events")
    assert event["DTSTART"].dt == datetime(2026, 11, 2, 5, 30, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 11, 3, 4, 0, tzinfo=UTC)
    assert event["TRANSP"] == "OPAQUE"


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "2026-11", "start_time": "10:30"},
        {"start": "2026-11-02", "end": "2026-11-03", "start_time": "10:30"},
        {"start": "2026-11-02", "start_time": "10:30", "end_time": "09:00"},
        {"start": "9999-12-31", "start_time": "23:30", "time_zone": "America/New_York"},
    ],
)
def test_times_that_do_not_say_when_give_days(client, fields):
    make.make_public_event(**{"time_zone": "Asia/Tashkent", **fields})
    assert type(one(client, "/events")["DTSTART"].dt) is date
