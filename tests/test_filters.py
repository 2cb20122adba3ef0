"""What each parameter of a list lets through, and how parameters combine."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from initiatives.models import Initiative
from initiatives.public.filtersets import InitiativeFilterSet
from tests.factories import (
    add_country,
    add_organisation,
    make_funding,
    make_initiative,
    make_sector,
)
from tests.listing import caught_up, codes

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def shown(query):
    """The last digits of the codes that a query string lets through."""
    caught_up()
    filterset = InitiativeFilterSet(QueryDict(query))
    assert not filterset.errors, filterset.errors
    return sorted(code[-1] for code in codes(filterset))


def make(number, **fields):
    return make_initiative(f"CI-2025-000{number}", **fields)


def test_no_parameter_shows_everything_that_is_published():
    make(1)
    for number, publication in enumerate(("draft", "in_review", "withdrawn"), 2):
        make(number, publication=publication)
    make(5, embargo_until=datetime(2999, 1, 1, tzinfo=UTC))
    assert shown("") == ["1"]


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("status=planned", ["1"]),
        ("status=planned&status=agreed", ["1", "2"]),
        ("status=planned&status=", ["1"]),
        ("status=%20planned%20", ["1"]),
        ("kind=agreement", ["2"]),
        ("status=agreed&kind=agreement", ["2"]),
        ("utm_source=letter", ["1", "2"]),
    ],
)
def test_values_of_one_parameter_are_joined_by_or_and_parameters_by_and(query, digits):
    make(1, status="planned", kind="infrastructure")
    make(2, status="agreed", kind="agreement")
    assert shown(query) == digits


@pytest.mark.parametrize(
    ("query", "digits"),
    [("sector=energy", ["1", "2"]), ("sector=gas", ["2"]), ("sector=gas&sector=water", ["2", "3"])],
)
def test_a_sector_holds_its_parts(query, digits):
    make_sector("gas", parent="energy")
    make(1, main_sector="energy")
    make(2, main_sector="gas")
    make(3, main_sector="water")
    assert shown(query) == digits


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("country=KG", ["1"]),
        ("country=kg", ["1"]),
        ("country=UZ&country=KG", ["1", "2"]),
        ("country=UZ&country=KG&country_match=any", ["1", "2"]),
        ("country=UZ&country=KG&country_match=all", ["1"]),
        ("party=KG", []),
        ("party=UZ&country=KG", ["1"]),
        ("party=UZ&party=KZ&country_match=all", ["2"]),
    ],
)
def test_countries_take_part_in_any_role_and_parties_as_parties(query, digits):
    add_country(make(1, parties=["UZ"]), "KG", role="transit")
    make(2, parties=["UZ", "KZ"])
    assert shown(query) == digits


def test_an_organisation_takes_part_in_any_role():
    add_organisation(make(1), "bank", role="1")
    add_organisation(make(2), "firm")
    make(3)
    assert shown("organisation=bank") == ["1"]
    assert shown("organisation=bank&organisation=firm") == ["1", "2"]


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("year=2023", ["2", "3"]),
        ("year=2024", ["1", "2", "3"]),
        ("year=2027", ["2"]),
        ("year=2020&year=2027", ["2"]),
        ("&".join(f"year={year}" for year in range(2000, 2050)), ["1", "2", "3"]),
    ],
)
def test_a_year_shows_what_is_active_in_it(query, digits):
    make(1, planned_start="2024-05", planned_end="2025")
    make(2, actual_start="2023")
    make(3, planned_start="2023", planned_end="2026", actual_end="2024-H1")
    make(4)
    assert shown(query) == digits


@pytest.mark.parametrize(
    ("year", "digits"),
    [(2000, []), (2023, []), (2024, ["1", "2"]), (2025, ["2"]), (2026, ["2"]), (2027, [])],
)
def test_an_end_alone_is_active_in_its_year_and_in_no_earlier_one(year, digits):
    make(1, planned_end="2024-05")
    make(2, planned_start="2024", actual_end="2026")
    make(3, planned_start="2026", planned_end="2023")
    assert shown(f"year={year}") == digits


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("funded=yes", ["1", "2"]),
        ("funded=no", ["3"]),
        ("funded=yes&funded=no", ["1", "2", "3"]),
        ("currency=USD", ["1"]),
        ("currency=usd&currency=KZT", ["1"]),
    ],
)
def test_undisclosed_money_is_money(query, digits):
    make_funding(make(1), "5.50", currency="USD")
    make_funding(make(2), None)
    make(3)
    assert shown(query) == digits


@pytest.mark.parametrize("text", ["9999-12-31", "0999-12-31", "9999-12-31T23:59:59-12:00"])
def test_a_day_beyond_what_can_be_compared_is_told_as_that(text):
    (said,) = InitiativeFilterSet({"updated_since": text}).errors["updated_since"]
    assert said == f"“{text}” is too far away: its year must be from 1000 to 9998."


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("2025-07-01", ["1"]),
        ("2025-06-30T19:00:00Z", ["1"]),
        ("2025-06-30T19:00:01Z", []),
        ("2025-07-01T00:00:00+05:00", ["1"]),
        ("2025-07-01T00:00:00%2B05:00", ["1"]),
        ("2025-07-01T00:00:01%2B05:00", []),
        ("2025-06-29", ["1", "2"]),
        ("2025-07-01&updated_since=2025-06-29", ["1", "2"]),
    ],
)
def test_a_day_begins_in_the_time_zone_of_the_site(text, digits):
    make(1)
    make(2)
    for code, instant in (("1", (30, 19)), ("2", (29, 0))):
        rows = Initiative.objects.filter(code__endswith=code)
        rows.update(updated_at=datetime(2025, 6, *instant, tzinfo=UTC))
    assert shown(f"updated_since={text}") == digits
