"""The small parts of the index: selections, years, checks, and what is flagged today."""

from datetime import UTC, datetime
from random import Random
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from initiatives.editions.index import Selection
from initiatives.editions.index.flags import BY_DAY, UNCHECKED, Checks, FlaggedToday
from initiatives.editions.index.years import Years
from initiatives.rules import Flag

pytestmark = pytest.mark.once
SHORT = settings(max_examples=40)


# --- Selections -----------------------------------------------------------------------------------


def test_nothing_is_chosen_where_nothing_is_said():
    assert Selection().chosen == ()
    assert Selection().all_countries is False


def test_the_parameters_that_narrow_are_named_in_their_order():
    chosen = Selection(
        matching=BitMap(),
        year=(2025,),
        status=("planned",),
        updated_since=datetime(2025, 1, 1, tzinfo=UTC),
        all_countries=True,
        refused=frozenset({"kind"}),
    ).chosen
    assert chosen == ("status", "year", "updated_since", "matching")


# --- Years ----------------------------------------------------------------------------------------


def record(start=None, end=None, *, planned_start=None, planned_end=None):
    return SimpleNamespace(
        actual_start=start, actual_end=end, planned_start=planned_start, planned_end=planned_end
    )


def active(*records):
    """By year the places of those that are active."""
    years = Years()
    for place, each in enumerate(records, 1):
        years.add(place, each)
    found = {year: set(years.rows(year)) for year in range(2018, 2031)}
    counts = years.of(BitMap(range(1, len(records) + 1)))
    assert {year: counts.number(year) for year in found} == {
        year: len(rows) for year, rows in found.items()
    }
    return {year: rows for year, rows in found.items() if rows}, (counts.first, counts.last)


@pytest.mark.parametrize(
    ("dates", "years", "named"),
    [
        (record("2024-05", "2026"), range(2024, 2027), (2024, 2026)),
        (record("2024", "2024-12-31"), range(2024, 2025), (2024, 2024)),
        (record("2024-Q3"), range(2024, 2031), (2024, 2024)),
        (record(None, "2025"), range(2025, 2026), (2025, 2025)),
        (record(planned_start="2020", planned_end="2021"), range(2020, 2022), (2020, 2021)),
        (
            record("2023", "2024", planned_start="2019", planned_end="2029"),
            range(2023, 2025),
            (2023, 2024),
        ),
        (record("2026", "2024"), (), (2024, 2026)),
        (record(), (), (None, None)),
    ],
)
def test_a_record_is_active_from_the_year_of_its_start_to_that_of_its_end(dates, years, named):
    assert active(dates) == ({year: {1} for year in years}, named)


def test_years_are_those_of_the_rows_that_are_asked_for():
    years = Years()
    for place, each in enumerate([record("2020", "2021"), record("2025"), record("2029", "2027")]):
        years.add(place, each)
    of = years.of(BitMap([1, 2]))
    assert (of.first, of.last) == (2025, 2029)
    assert [of.number(year) for year in (2020, 2024, 2025, 2029)] == [0, 0, 1, 1]


def test_a_record_that_comes_later_is_counted_in_years_that_were_asked_for_before():
    years = Years()
    years.add(1, record("2024", "2025"))
    assert set(years.rows(2024)) == {1}
    years.add(2, record("2023"))
    assert set(years.rows(2024)) == {1, 2}


# --- Checks ---------------------------------------------------------------------------------------


@SHORT
@given(st.integers(0, 2**32).map(Random))
def test_of_the_checks_of_a_key_the_latest_counts_that_was_recorded_by_then(random):
    checks, lines = Checks(), []
    for _ in range(random.randint(0, 12)):
        line = (random.randint(0, 99), random.randint(1, 9), random.randint(0, 999))
        checks.add(*line)
        lines.append(line)
    assert (checks.size, checks.newest) == (len(lines), max([0, *(line[1] for line in lines)]))
    for at in range(10):
        by_then = sorted((line for line in lines if line[1] <= at), key=lambda line: line[1])
        due = {key: day for key, _recorded, day in by_then}
        assert checks.due(at, 120).tolist() == [due.get(key, UNCHECKED) for key in range(120)]


def test_many_checks_are_kept():
    checks = Checks()
    for number in range(200):
        checks.add(number, number, number + 1000)
    assert checks.due(99, 200).tolist() == [
        *range(1000, 1100),
        *[UNCHECKED] * 100,
    ]
    assert checks.due(200, 201).tolist() == [*range(1000, 1200), UNCHECKED]


def test_what_is_flagged_today_is_replaced_for_the_places_that_are_named_alone():
    today = FlaggedToday(739_000)
    assert (today.day, today.rows) == (739_000, {flag: BitMap() for flag in BY_DAY})
    today.replace([1, 2], {Flag.STALE: BitMap([1, 2]), Flag.OVERDUE: BitMap([2])})
    today.replace([2, 3], {Flag.STALE: BitMap([3]), Flag.OVERDUE: BitMap()})
    assert today.rows[Flag.STALE] == BitMap([1, 3])
    assert today.rows[Flag.OVERDUE] == BitMap()
    assert np.array(list(today.rows[Flag.DUE_SOON])).tolist() == []
