"""A page asks the database as often for one row as for fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_funding, make_initiative, make_milestone, make_status_change

pytestmark = pytest.mark.django_db


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def make_full(number):
    for _ in range(number):
        made = make_initiative(organisations=["bank"], sectors=["water"], planned_end="2027")
        make_funding(made)
        make_milestone(made)
        make_status_change(made)


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/initiatives/?page_size=100",
        "/en/initiatives/?page_size=100&status=planned&country=UZ&organisation=bank&sort=amount",
        "/en/initiatives/?page_size=100&q=initiative&year=2025&sector=energy",
    ],
)
def test_one_row_and_fifty_take_the_same_queries(client, address):
    make_full(1)
    client.get(address)
    for_one = queries(client, address)
    make_full(49)
    assert queries(client, address) == for_one <= 45
