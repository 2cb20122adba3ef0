"""Cards and cells tell the money of a record as totals by type and currency."""

from decimal import Decimal

import pytest
from lxml import html

from initiatives.templatetags.figures import total_in_words
from initiatives.totals import of_lines
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
PLACES = {
    "cards": ("initiatives/", f"article[data-code={CODE}]"),
    "table": ("initiatives/?view=table", f"tr[data-code={CODE}]"),
}


@pytest.fixture
def record():
    return make.make_initiative(CODE)


@pytest.fixture(params=PLACES.values(), ids=PLACES.keys())
def money(client, request):
    """What a place tells of the record."""
    address, selector = request.param

    def fetch():
        tree = html.fromstring(client.get(f"/en/{address}").content.decode())
        return " ".join(tree.cssselect(selector)[0].text_content().split())

    return fetch


def test_lines_of_one_type_and_currency_are_one_sum(record, money):
    for amount in ("5", "7", "8"):
        make.make_funding(record, amount)
    words = money()
    assert "Commitment: USD 20" in words
    assert "more" not in words


def test_types_and_currencies_stay_apart_and_the_rest_is_counted(record, money):
    for kind in ("pledge", "commitment", "disbursement"):
        for currency in ("USD", "KZT"):
            make.make_funding(record, "5", type=kind, currency=currency)
    words = money()
    assert "Pledge: KZT 5" in words
    assert "Commitment: KZT 5" in words
    assert "and 4 more" in words


def test_what_is_undisclosed_is_told_beside_the_sum(record, money):
    make.make_funding(record, "5")
    make.make_funding(record, None, undisclosed_in="USD")
    make.make_funding(record, None, type="pledge")
    words = money()
    assert "Commitment: USD 5 and 1 undisclosed amount" in words
    assert "Pledge: undisclosed" in words


def test_upper_limits_ranges_and_estimates_are_no_plain_sums(record):
    make.make_funding(record, "4", amount_kind="up_to")
    (total,) = of_lines(record.funding.all())
    assert total_in_words(total) == "up to USD 4"
    make.make_funding(record, "10", amount_kind="range", amount_max="15")
    (total,) = of_lines(record.funding.all())
    assert total_in_words(total) == "USD 10 – 19"
    make.make_funding(record, "1", amount_kind="about")
    (total,) = of_lines(record.funding.all())
    assert (total.low, total.high) == (Decimal(11), Decimal(20))
    assert total_in_words(total) == "about USD 11 – 20"


def test_the_number_of_the_others_leads_to_all_lines(client, record):
    for currency in ("USD", "KZT", "EUR"):
        make.make_funding(record, currency=currency)
    tree = html.fromstring(client.get("/en/initiatives/").content.decode())
    (link,) = tree.cssselect("a.more-amounts")
    assert link.get("href") == f"/en/initiatives/{CODE}/#money"
