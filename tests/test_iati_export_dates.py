"""The dates of an activity: whole days, in their order, and none after today."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from tests.iati import exporting
from tests.iati.check import problems
from tests.iati.records import RECORD, tellable, whole

pytestmark = [pytest.mark.django_db, pytest.mark.once]
read, told = exporting.read, exporting.told


def test_a_partial_date_is_its_first_or_last_day_and_says_so(told):
    whole()
    dates = {
        part.get("type"): (part.get("iso-date"), part.findtext("narrative"))
        for part in told().findall("activity-date")
    }
    assert dates == {
        "1": ("2024-01-01", "2024 (first possible day)"),
        "2": ("2024-02-01", "2024-02 (first possible day)"),
        "3": ("2024-12-31", "2024-H2 (last possible day)"),
        "4": ("2025-05-14", None),
    }


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2027-03-01T00:30:00Z", "2027-03-01"),
        ("2027-03-01T18:59:59Z", "2027-03-01"),
        ("2027-03-01T19:30:00Z", "2027-03-01"),  # the second of March at the site
        ("2028-02-29T23:59:00Z", "2028-02-29"),  # the first of March at the site
        ("2027-12-30T19:30:00Z", "2027-12-30"),
    ],
)
@pytest.mark.parametrize("known_to", ["%Y", "%Y-%m-%d"])
def test_an_actual_end_is_not_after_today_here_nor_in_utc(told, instant, day, known_to):
    with time_machine.travel(instant, tick=False):
        tellable(actual_start="2020", actual_end=f"{timezone.localdate():{known_to}}"[:10])
        ends = told().xpath("activity-date[@type='4']/@iso-date")
    begun = date.fromisoformat(day) >= timezone.localdate(datetime.fromisoformat(instant))
    assert ends == ([day] if known_to == "%Y" or begun else [])


def test_what_ended_in_a_year_that_has_begun_only_here_is_left_out_and_named(read):
    with time_machine.travel("2027-12-31T19:30:00Z", tick=False):
        tellable(actual_start="2020", actual_end="2028")
        content = read(RECORD)
        assert problems(content) == []
    assert "The end 2028 contradicts the other dates." in content.decode()


@pytest.mark.parametrize(
    "dates",
    [
        {"planned_start": "2024", "planned_end": "2023"},
        {"actual_start": "2024", "actual_end": "2023"},
        {"actual_end": "2998"},
        {"actual_start": "2998"},
    ],
)
def test_dates_that_contradict_are_left_out_and_named(read, dates):
    tellable(**dates)
    content = read(RECORD)
    assert problems(content) == []
    assert "Left out of CI-2025-0001: The" in content.decode()
