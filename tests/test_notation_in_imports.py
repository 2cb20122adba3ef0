"""Amounts and dates of files that people have, through the real import command."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from initiatives.imports.planning.cells import Cells, Wrong
from initiatives.models import Funding, Initiative
from tests.factories import make_funding, make_initiative
from tests.importing import CODE, NEW, as_file, make_lists, run

CASES = Path(__file__).parent / "data" / "cases"
MONEY = {"funding_types": "commitment", "funding_currencies": "USD"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lists():
    make_lists()


@pytest.fixture
def imported(tmp_path):
    """Applies a file, or rows; the exit code, and the row of the report."""

    def bring(*rows, file=None):
        if file is None:
            file = tmp_path / "table.csv"
            file.write_bytes(as_file(rows).getvalue())
        code, _told = run(str(file), "--apply", report=str(tmp_path / "report.json"))
        (row,) = json.loads((tmp_path / "report.json").read_text())["rows"]
        return code, row

    return bring


def amount_of(row):
    return row["cells"]["funding_amounts"]


@pytest.mark.parametrize("name", ["b02_amount_scientific.csv", "excel-sci.csv"])
def test_an_amount_with_an_exponent_is_refused_with_the_cure(imported, name):
    make_initiative(CODE)
    code, row = imported(file=CASES / name)
    assert (code, Funding.objects.count()) == (1, 0)
    assert "has an exponent" in amount_of(row)["error"]
    assert "Write all digits" in amount_of(row)["error"]


def test_a_decimal_comma_is_read(imported):
    make_initiative(CODE)
    code, _row = imported(file=CASES / "b03_decimal_comma_ru_excel.csv")
    assert (code, str(Funding.objects.get().amount)) == (0, "5000000.50")


@pytest.mark.parametrize(
    ("name", "end"), [("b11_midnight.csv", "2028-12-31"), ("b12_float_year.csv", "2028")]
)
def test_what_a_spreadsheet_adds_to_a_date_is_left_out(imported, name, end):
    make_initiative(CODE)
    assert imported(file=CASES / name)[0] == 0
    assert str(Initiative.objects.get().planned_end) == end


def test_percentages_of_iati_may_have_a_comma(imported):
    assert imported(file=CASES / "b19_iati_percent_comma.xml")[0] == 0
    shares = Initiative.objects.get().sectors.values_list("percent", flat=True)
    assert sorted(shares) == [Decimal("49.50"), Decimal("50.50")]


@pytest.mark.parametrize("text", ["1,500", "1.500"])
def test_an_amount_with_two_readings_is_refused_with_both(imported, text):
    code, row = imported(NEW | {"funding_amounts": text, "funding_amounts_max": ""})
    assert code == 1
    assert f"“{text}” may be 1500 or 1.5. Write 1500 or 1.50." in amount_of(row)["error"]


def test_a_point_in_iati_is_a_decimal_point_and_three_decimals_are_kept(imported, tmp_path):
    file = tmp_path / "a.xml"
    text = (CASES / "b19_iati_percent_comma.xml").read_text()
    value = "<transaction-type code='3'/><transaction-date iso-date='2020-02-03'/><value>{}</value>"
    money = "".join(
        f"<transaction>{value.format(one)}</transaction>" for one in ("1.500", "1000.1234")
    )
    file.write_text(text.replace("</iati-activity>", f"{money}</iati-activity>"))
    code, row = imported(file=file)
    amounts = Funding.objects.order_by("number").values_list("amount", flat=True)
    assert (code, [*map(str, amounts)]) == (0, ["1.50", "1000.123"])
    assert any("1000.1234 → 1000.123" in note for note in row["notes"])


def test_more_decimals_than_are_kept_are_rounded_and_that_is_told(imported):
    make_initiative(CODE)
    code, row = imported(MONEY | {"code": CODE, "funding_amounts": "1000.1234"})
    assert (code, str(Funding.objects.get().amount)) == (0, "1000.123")
    note = "“1000.1234” is rounded to 1000.123: at most 3 decimals are kept."
    assert row["notes"] == [f"funding_amounts: {note}"]
    assert amount_of(row)["finding"] == note


def test_a_cell_that_several_rows_have_is_judged_in_each_of_them():
    read, texts = {}, {"funding_amounts": "1000.1234", "sectors_percents": "60|40", "kind": "?"}
    rows = [Cells(dict(texts), {}, {}, read) for _row in range(2)]
    for cells in rows:
        assert [str(amount) for amount in cells.value("funding_amounts")] == ["1000.123"]
        assert len(cells.findings["funding_amounts"]) == 1
        percents = cells.value("sectors_percents")
        assert [str(percent) for percent in percents] == ["60.00", "40.00"]
        percents.clear()  # what one row does with its list is nothing to another
        with pytest.raises(Wrong):
            cells.value("kind")
        assert cells.errors.keys() == {"kind"}


def test_rounding_is_told_of_a_row_that_stays_as_it_is_too(imported):
    make_funding(make_initiative(CODE), "1000.123", type="commitment")
    code, row = imported(MONEY | {"code": CODE, "funding_amounts": "1000.1234"})
    assert (code, row["action"], len(row["notes"])) == (0, "unchanged", 1)


@pytest.mark.parametrize(
    ("text", "kept", "currency"),
    [
        *(("$5bn", "5000000000.00", "USD"), ("1,5 млн тенге", "1500000.00", "KZT")),
        *(("300 000,50 USD", "300000.50", "USD"), ("€ 3m", "3000000.00", "EUR")),
    ],
)
def test_a_currency_beside_the_digits_is_taken_where_no_other_is_given(
    imported, text, kept, currency
):
    make_initiative(CODE)
    row = {"code": CODE, "funding_types": "commitment", "funding_amounts": text}
    assert imported(row)[0] == 0
    money = Funding.objects.get()
    assert (str(money.amount), money.currency) == (kept, currency)


def test_a_currency_beside_the_digits_that_contradicts_its_column_is_refused(imported):
    make_initiative(CODE)
    code, row = imported(MONEY | {"code": CODE, "funding_amounts": "€ 3m"})
    assert (code, Funding.objects.count()) == (1, 0)
    assert amount_of(row)["error"] == "“€ 3m” says EUR, and the currency here is USD."


def test_a_currency_may_be_named_by_its_sign(imported):
    make_initiative(CODE)
    row = MONEY | {"code": CODE, "funding_amounts": "5", "funding_currencies": "тенге"}
    assert imported(row)[0] == 0
    assert Funding.objects.get().currency == "KZT"


def test_dates_of_people_are_read_in_every_column(imported):
    row = NEW | {"planned_end": "III кв. 2027 г.", "funding_dates": "1 декабря 2025 г.|"}
    code, told = imported(row)
    assert (code, told["action"]) == (0, "create"), told
    assert str(Initiative.objects.get().planned_end) == "2027-Q3"
    assert str(Funding.objects.get(number=1).date) == "2025-12-01"


def test_a_date_with_two_readings_is_refused_with_both(imported):
    code, row = imported(NEW | {"planned_end": "03/04/2027"})
    assert code == 1
    assert "may be 2027-04-03 or 2027-03-04" in row["cells"]["planned_end"]["error"]
