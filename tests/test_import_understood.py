"""A preview shows each number and date as it was understood, and not as it was typed."""

import pytest
from django.db.models import DateField

from initiatives.exchange.columns import COLUMNS, DATES
from initiatives.fields import PartialDateField
from initiatives.models import Budget, Funding, Initiative
from tests import importing
from tests.importing import CODE, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
lists = importing.lists
bridge = importing.bridge
MONEY = {
    "funding_numbers": "1",
    "funding_types": "commitment",
    "funding_amount_kinds": "exact",
    "funding_currencies": "USD",
}


def preview(**cells):
    (row,) = plan_of({"code": CODE, **cells}).rows("update")
    return {name: cell["new"] for name, cell in row.cells.items()}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2028-12-31 00:00:00", "2028-12-31"),
        ("2028.0", "2028"),
        ("дек 2025", "2025-12"),
        ("III кв. 2025", "2025-Q3"),
        ("31/12/2025", "2025-12-31"),
        ("2025-05", "2025-05"),
    ],
)
def test_a_date_is_shown_as_it_is_stored(bridge, typed, read):
    assert preview(planned_end=typed)["planned_end"] == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("5000000,50", "5000000.50"),
        ("1,5 млн", "1500000.00"),
        ("300 000", "300000.00"),
        ("5.25", "5.25"),
    ],
)
def test_an_amount_is_shown_with_all_its_digits(bridge, typed, read):
    assert preview(**MONEY, funding_amounts=typed)["funding_amounts"] == read


def test_every_date_of_the_columns_is_known_as_one():
    for model, name in ((Initiative, "{}"), (Funding, "funding_{}s"), (Budget, "budget_{}s")):
        days = [one for one in model._meta.fields if type(one) in (PartialDateField, DateField)]
        columns = {name.format(one.name) for one in days} & set(COLUMNS)
        assert columns
        assert columns <= DATES


def test_the_day_of_a_budget_is_shown_as_it_is_stored(bridge):
    budget = {
        "budget_numbers": "1",
        "budget_types": "1",
        "budget_statuses": "2",
        "budget_starts": "2025",
        "budget_ends": "2025",
        "budget_amounts": "5",
        "budget_currencies": "USD",
    }
    assert preview(**budget, budget_value_dates="31/12/2025")["budget_value_dates"] == "2025-12-31"
