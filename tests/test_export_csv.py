"""The list as CSV: every row of the filter, codes and names both, safe in a spreadsheet."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from initiatives.exchange.cells import original, split
from initiatives.exchange.columns import COLUMNS
from tests.factories import (
    add_country,
    add_organisation,
    make_country,
    make_funding,
    make_initiative,
    make_initiatives,
    make_organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST = (
    "code,title_en,title_ru,title_uz,title_kk,kind,status,status_label,status_since,parties,"
    "parties_names,countries,countries_names,sectors,sectors_names"
).split(",")


@pytest.fixture
def table(client):
    """A function that fetches the CSV and reads it into one dictionary a row."""

    def fetch(query="", language="en"):
        response = client.get(f"/{language}/initiatives.csv?{query}")
        assert response.status_code == 200
        text = b"".join(response).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    return fetch


def test_the_first_columns_are_those_of_the_contract(client):
    text = b"".join(client.get("/en/initiatives.csv"))
    assert text == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"
    assert list(COLUMNS)[: len(FIRST)] == FIRST


def test_a_row_has_codes_and_names_in_the_language_of_the_reader(table):
    made = make_initiative(status="in_progress", status_since="2025-Q2", kind="infrastructure")
    add_country(made, "CN", role="financier")
    (row,) = table(language="ru")
    assert row["code"] == made.code
    assert (row["status"], row["status_since"]) == ("in_progress", "2025-Q2")
    assert (row["parties"], row["countries"]) == ("KZ|UZ", "CN|KZ|UZ")
    assert row["parties_names"] == "Казахстан|Узбекистан"
    assert row["countries_roles"] == "CN:financier|KZ:party|UZ:party"


def test_a_country_with_two_roles_is_named_once(table):
    made = make_initiative(parties=["UZ"])
    add_country(made, "UZ", role="host")
    (row,) = table()
    assert (row["countries"], row["countries_roles"]) == ("UZ", "UZ:host|UZ:party")


def test_sectors_stand_side_by_side_with_their_percents(table):
    made = make_initiative(main_sector="energy", sectors=["water"])
    made.sectors.filter(is_main=True).update(percent="66.5")
    (row,) = table()
    assert (row["sectors"], row["sectors_percents"]) == ("energy|water", "66.50|")
    assert row["main_sector"] == "energy"


def test_an_organisation_with_two_roles_is_named_once(table):
    made = make_initiative(organisations=["adb"])
    add_organisation(made, "adb", role="1")
    (row,) = table()
    assert (row["organisations"], row["organisations_roles"]) == ("adb", "adb:1|adb:4")


def test_money_runs_side_by_side_with_exact_amounts(table):
    made = make_initiative()
    make_funding(made, "12345678901234.56", provider=make_organisation("adb"), date="2025")
    make_funding(made, None, type="pledge", provider_country=make_country("CN"))
    (row,) = table()
    assert row["funding_types"] == "commitment|pledge"
    assert row["funding_amounts"] == "12345678901234.56|"
    assert row["funding_currencies"] == "USD|"
    assert row["funding_providers"] == "adb|"
    assert row["funding_provider_countries"] == "|CN"


def test_all_rows_of_the_filter_are_there_and_not_a_page_of_them(client, table):
    make_initiatives(25, status="agreed")
    make_initiative(status="planned")
    assert len(table("status=agreed")) == 25
    assert client.get("/en/initiatives.csv?status=agreed&page=2").status_code == 200


def test_rows_come_in_the_order_asked_for(table):
    for title in ("B", "A", "C"):
        make_initiative(title_en=title)
    assert [row["title_en"] for row in table("sort=-title")] == ["C", "B", "A"]


def test_what_is_not_public_is_not_there(table):
    shown = make_initiative()
    for publication in ("draft", "in_review", "withdrawn"):
        make_initiative(publication=publication)
    make_initiative(embargo_until=datetime(2999, 1, 1, tzinfo=UTC))
    assert [row["code"] for row in table()] == [shown.code]


@pytest.mark.parametrize("query", ["columns=url,code", "columns=url&columns=code,url"])
def test_columns_are_picked_and_ordered(table, query):
    made = make_initiative()
    (row,) = table(query)
    assert row == {"url": f"http://testserver/en/initiatives/{made.code}/", "code": made.code}
    assert list(row) == ["url", "code"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_unknown_column_is_named_with_the_known_ones(client, suffix):
    response = client.get(f"/en/initiatives.{suffix}?columns=code,salary")
    assert response.status_code == 400
    (message,) = response.json()["errors"]["columns"]
    assert "salary" in message
    assert "title_en" in message


def test_an_amount_below_zero_is_a_number_to_programs(table):
    made = make_initiative()
    for amount in ("-5.00", "3.00"):
        make_funding(made, amount, type="disbursement")
    (row,) = table()
    assert row["funding_amounts"] == "-5.00|3.00"
    assert list(map(float, row["funding_amounts"].split("|"))) == [-5.0, 3.0]


def test_text_that_looks_like_a_formula_comes_back_unchanged(table):
    titles = ["=1+1", "+7 712", "-1", "@SUM(A1)", "'=1", "'plain"]
    for title in titles:
        make_initiative(title_en=title)
    cells = [row["title_en"] for row in table("sort=title")]
    assert sorted(map(original, cells)) == sorted(titles)
    assert all(not cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_names_with_bars_can_be_told_apart(table):
    make_country("UZ", name_en="Uz|be\\k", name_ru="", name_uz="", name_kk="")
    make_initiative(parties=["UZ", "KZ"])
    (row,) = table()
    assert split(row["parties_names"]) == ["Kazakhstan", "Uz|be\\k"]


def test_it_is_a_file_named_by_the_day(client):
    response = client.get("/en/initiatives.csv")
    name = f"initiatives-{timezone.localdate()}.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
