"""The money of a record: sums by type and currency, years, what was given back, and zero."""

from decimal import Decimal

import pytest
from lxml import html

from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


def pay(record, amount, date="2024", kind="disbursement", currency="USD", **fields):
    number = record.funding.count() + 1
    values = {"type": kind, "amount": Decimal(amount), "amount_kind": "exact", **fields}
    return record.funding.create(number=number, currency=currency, date=date, **values)


def page(client, language="en"):
    response = client.get(f"/{language}/initiatives/{CODE}/")
    assert response.status_code == 200
    return html.fromstring(b"".join(response).decode())


def words(node):
    return " ".join(node.text_content().split())


def test_sums_are_by_type_and_currency_with_payer_and_receiver(client):
    record = make.make_initiative(CODE)
    bank, ministry = make.make_organisation("bank"), make.make_organisation("ministry")
    pay(record, 100, kind="commitment", provider=bank)
    pay(record, 20, provider=bank, receiver=ministry)
    pay(record, 30, "2025", provider=bank, receiver=ministry)
    pay(record, 40, currency="EUR")
    rows = [
        [words(cell) for cell in row] for row in page(client).cssselect(".money-flows tbody tr")
    ]
    assert [row[:2] for row in rows] == [
        ["Disbursement", "EUR 40"],
        ["Commitment", "USD 100"],
        ["Disbursement", "USD 50"],
    ]
    assert [cell.split()[0] for cell in rows[2][2:]] == [str(bank), str(ministry)]


def test_a_year_in_which_more_was_given_back_has_its_bar_left_of_zero(client):
    record = make.make_initiative(CODE)
    pay(record, 300, "2023")
    pay(record, 50, "2024")
    pay(record, -150, "2024-05-01")
    first, second = page(client).cssselect(".money-years li")
    assert words(second).startswith("2024 USD -100") or words(second).startswith("2024 USD −100")
    assert "of this USD 150 was given back or corrected" in words(second)
    bars = [year.cssselect("rect")[0] for year in (first, second)]
    assert [bar.get("class") for bar in bars] == ["money-paid", "money-back"]
    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [("25%", "75%"), ("0%", "25%")]
    assert {line.get("x1") for line in page(client).cssselect(".money-zero")} == {"25%"}


def test_entries_of_zero_are_counted_and_left_out(client):
    record = make.make_initiative(CODE)
    pay(record, 0)
    tree = page(client)
    assert "1 entry of zero is left out here" in words(tree)
    assert tree.cssselect("#money-1") == []
    assert "No amount is recorded" not in words(tree)


def test_what_comes_to_nothing_in_a_year_has_no_bar_and_is_told(client):
    record = make.make_initiative(CODE)
    pay(record, 70)
    pay(record, -70)
    (year,) = page(client).cssselect(".money-years li")
    assert year.cssselect("rect") == []
    assert "USD 70 was given back" in words(year)


def test_what_is_undisclosed_is_not_zero_and_what_has_no_date_is_last(client):
    record = make.make_initiative(CODE)
    pay(record, 10, None)
    pay(record, 20, "2024")
    record.funding.create(
        number=3, type="disbursement", amount_kind="undisclosed", currency="USD", date="2022"
    )
    years = [words(year) for year in page(client).cssselect(".money-years li")]
    assert [year.split()[0] for year in years] == ["2022", "2024", "date"]
    assert years[0].startswith("2022 undisclosed")


def test_many_entries_are_folded(client):
    record = make.make_initiative(CODE)
    for _number in range(13):
        pay(record, 5)
    (lines,) = page(client).cssselect("details.money-lines")
    assert lines.get("open") is None
    assert len(lines.cssselect("tbody tr")) == 13
