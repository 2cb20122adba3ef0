"""The money of a record: sums by type and currency, years, what was given back, and zero."""

from decimal import Decimal

import pytest
from lxml import html

from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"
NAMES = ("name_en", "name_ru", "name_uz", "name_kk")


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
    assert tree.cssselect("tr#money-1") == []
    assert "No amount is recorded" not in words(tree)


def test_what_leads_to_an_entry_of_zero_leads_to_where_it_is_left_out(client):
    record = make.make_initiative(CODE)
    make.cite(pay(record, 0))
    plan(record, "2025-01", 0)
    tree = page(client)
    assert tree.cssselect(".sources a[href='#money-1']")
    said = [words(tree.cssselect(f"p:has(> #{name}-1)")[0]) for name in ("money", "budget")]
    assert said == ["1 entry of zero is left out here; the files have it."] * 2


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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "USD 150 given back or corrected: repayment, Bank"),
        ("ru", "Возвращено или исправлено: 150 USD (возврат средств, источник средств: Bank)"),
        ("uz", "150 USD qaytarilgan yoki tuzatilgan: qaytarilgan mablagʻ (mablagʻ beruvchi: Bank)"),
        ("kk", "150 USD қайтарылған немесе түзетілген: қарызды қайтару (қаражат беруші: Bank)"),
    ],
)
def test_what_is_below_zero_is_told_in_the_timeline_without_its_sign(client, language, told):
    record = make.make_initiative(CODE)
    bank = make.make_organisation("bank", **dict.fromkeys(NAMES, "Bank"))
    pay(record, -150, kind="repayment", provider=bank)
    pay(record, -30, amount_max=Decimal(-20), amount_kind="range", kind="pledge")
    told_of = [words(entry) for entry in page(client, language).cssselect(".life-entry")]
    assert any(told in entry for entry in told_of), told_of
    if language == "en":
        assert any("USD 20 – 30 given back or corrected: pledge" in one for one in told_of)


def plan(record, month, amount, **fields):
    number = record.budgets.count() + 1
    values = {"start": f"{month}-01", "end": f"{month}-28", "currency": "USD", **fields}
    return record.budgets.create(number=number, amount=Decimal(amount), **values)


def test_many_budgets_are_added_up_by_year_and_kind_and_those_of_zero_are_left_out(client):
    record = make.make_initiative(CODE)
    for month in range(1, 13):
        plan(record, f"2024-{month:02}", "1.50")
        plan(record, f"2025-{month:02}", 0)
    plan(record, "2025-03", 7)
    plan(record, "2025-04", 2, status="2")
    plan(record, "2025-05", 5, currency="EUR")
    plan(record, "2026-01", 3, start=None, end=None)
    sums, rows = page(client).cssselect("[aria-labelledby=budgets] table")
    assert [words(row) for row in sums.cssselect("tbody tr")] == [
        "2024 USD 18 Original, Indicative",
        "2025 USD 2 Original, Committed",
        "2025 EUR 5 Original, Indicative",
        "2025 USD 7 Original, Indicative",
        "date not stated USD 3 Original, Indicative",
    ]
    assert len(rows.cssselect("tbody tr")) == 16
    assert "12 entries of zero are left out here" in words(page(client))


def test_few_budgets_stand_one_by_one(client):
    record = make.make_initiative(CODE)
    for month in range(1, 13):
        plan(record, f"2024-{month:02}", 5)
    tree = page(client)
    (table,) = tree.cssselect("[aria-labelledby=budgets] table")
    assert len(table.cssselect("tbody tr")) == 12
    assert tree.cssselect("#budgets ~ details") == []
