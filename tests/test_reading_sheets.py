"""Workbooks as offices keep them: several sheets, titles, percentages, formulas, hidden rows."""

from pathlib import Path

import pytest

from initiatives.exchange.xlsx_parts import AROUND, SHEET
from initiatives.imports.reading import Unreadable, open_table
from tests.reading import number, problems, sheet, styles, table, text, workbook

pytestmark = pytest.mark.once
CASES = Path(__file__).parent / "data" / "cases"
LINK = '<Relationship Id="rId{}" Type="x/worksheet" Target="/xl/worksheets/sheet{}.xml"/>'
HEADER = [text("code"), text("title_en")]


def several(*sheets):
    """A workbook of sheets, each given as its name, its state and its rows."""
    named = "".join(
        f'<sheet name="{name}" sheetId="{place}" state="{state}" r:id="rId{place}"/>'
        for place, (name, state, _rows) in enumerate(sheets, start=1)
    )
    book = AROUND["xl/workbook.xml"]
    book = book[: book.index("<sheets>")] + f"<sheets>{named}</sheets></workbook>"
    links = "".join(LINK.format(place, place) for place in range(1, len(sheets) + 1))
    name = "xl/_rels/workbook.xml.rels"
    begin = AROUND[name][: AROUND[name].index("<Relationship ")]
    parts = {
        SHEET.replace("1.xml", f"{place}.xml"): sheet(*rows)
        for place, (_name, _state, rows) in enumerate(sheets, start=1)
    }
    parts |= {name: f"{begin}{links}</Relationships>"}
    return workbook(sheet(*sheets[0][2]), parts=parts, workbook=book)


def one_cell(cell, column, formats, *more):
    content = sheet(
        [text("code"), text(column), *map(text, more[::2])], [text("1"), cell, *more[1::2]]
    )
    (row,) = table(workbook(content, styles=styles(*formats)))
    return row


@pytest.mark.parametrize(
    ("name", "sheet", "fact", "title"),
    [
        ("b15_hidden_sheet", "Data", ("Hidden sheets, not read", "Sheet"), "that is seen"),
        ("b16_instructions_first", "Данные", ("Sheets not read", "Sheet"), "second sheet"),
    ],
)
def test_the_sheet_with_the_header_is_read_and_the_other_one_is_named(name, sheet, fact, title):
    found = open_table(CASES / f"{name}.xlsx")
    assert (("Sheet", sheet) in found.facts(), fact in found.facts()) == (True, True)
    (row,) = found
    assert title in row.cells["title_en"]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named_and_never_read(state):
    other = ("Old", state, [HEADER, [text("0"), text("B")]])
    found = table(several(other, ("New", "visible", [HEADER, [text("1"), text("A")]])))
    assert [row.cells["code"] for row in found] == ["1"]
    assert dict(found.facts())["Hidden sheets, not read"] == "Old"
    with pytest.raises(Unreadable, match="Only the hidden sheet “Old”"):
        table(several(other, ("Notes", "visible", [[text("A note")]])))


def test_a_list_of_the_columns_is_no_header():
    """Instructions name one column in each row."""
    help_rows = [[text("code"), text("the code")], [text("title_en"), text("the title")]]
    data = ("Data", "visible", [HEADER, [text("1"), text("A")]])
    assert dict(table(several(("Help", "visible", help_rows), data)).facts())["Sheet"] == "Data"


def test_a_title_above_the_header_is_stepped_over_and_told_even_if_its_cells_are_merged():
    merged = '<mergeCells count="1"><mergeCell ref="A1:D1"/></mergeCells>'
    rows = [[text("Register of 2026")], [], [text("Fill in"), text("below")], HEADER]
    found = table(workbook(sheet(*rows, [text("1"), text("A")], after=merged)))
    assert [row.number for row in found] == [5]
    told = dict(found.facts())["Above the header, not read"]
    assert told == "row 1: Register of 2026; row 3: Fill in below"


@pytest.mark.parametrize(
    ("stored", "said"),
    [("0.33", "33.00"), ("0.07", "7.00"), ("1", "100.00"), ("0.28999999999999998", "29.00")],
)
@pytest.mark.parametrize("code", [9, 10, "0.0%", '0.00" "%;[Red]-0%'.replace('"', "&quot;")])
def test_a_percentage_is_the_number_that_is_shown(stored, said, code):
    row = one_cell(number(stored, 1), "sectors_percents", [code])
    assert (row.cells["sectors_percents"], row.problems) == (said, [])


@pytest.mark.parametrize("code", ["0&quot;%&quot;", "0\\%", "0.00"])
def test_a_number_beside_which_a_percent_sign_is_only_written_stays_as_it_is(code):
    row = one_cell(number("33", 1), "sectors_percents", [code])
    assert row.cells["sectors_percents"] == "33.00"


@pytest.mark.parametrize("column", ["funding_amounts", "title_en", "planned_end"])
def test_a_percentage_in_another_column_is_a_problem(column):
    (problem,) = one_cell(number("0.5", 1), column, [9]).problems
    assert (problem.column, "percentage" in problem.message) == (column, True)


def test_the_case_of_a_percent_cell():
    (row,) = open_table(CASES / "b14_percent_cell.xlsx")
    assert row.cells["sectors_percents"] == "33.00"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[$€-407] #,##0.00", "EUR"),
        ("#,##0.00\\ [$USD]", "USD"),
        ("#,##0\\ &quot;сум&quot;", "UZS"),
        ("_-* #,##0\\ [$₸-43F]_-", "KZT"),
        ("&quot;£&quot;#,##0", "GBP"),
    ],
)
def test_an_amount_that_shows_another_currency_is_told_and_not_misread(code, shown):
    row = one_cell(
        number("1234.5", 1), "funding_amounts", [code], "funding_currencies", text("RUB")
    )
    assert (row.cells["funding_amounts"], row.problems) == ("1234.50", [])
    (note,) = row.findings["funding_amounts"]
    assert note == f"The cell shows {shown}, and the column funding_currencies RUB."


@pytest.mark.parametrize("code", ["[$€-407] #,##0.00", "#,##0.00", "[$-419]#,##0", "General"])
def test_an_amount_that_shows_its_own_currency_is_told_nothing(code):
    row = one_cell(number("5", 1), "funding_amounts", [code], "funding_currencies", text("EUR"))
    assert row.findings == {}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ('<c t="str"><f>A1&amp;B1</f><v>x y</v></c>', "x y"),
        ('<c t="str"><f>""</f><v></v></c>', ""),
    ],
)
def test_a_formula_with_its_value_is_taken_and_told(cell, said):
    row = one_cell(cell, "title_en", [])
    assert (row.cells["title_en"], row.problems) == (said, [])
    assert "formula" in row.findings["title_en"][0]


def test_hidden_rows_and_columns_are_read_and_told():
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="9" hidden="0"/></cols>'
    rows = [HEADER, *([text(str(n)), text("A")] for n in range(4))]
    content = sheet(*rows).replace("<sheetData>", f"{columns}<sheetData>")
    for hidden in (2, 3, 5):
        content = content.replace(f'<row r="{hidden}"', f'<row r="{hidden}" hidden="1"')
    found = table(workbook(content))
    assert dict(found.facts())["Hidden columns, read as well"] == "title_en"
    assert len(list(found)) == 4
    assert found.hidden_rows == [(2, 3), (5, 5)]
    assert len(list(found)) == 4
    assert found.hidden_rows == [(2, 3), (5, 5)]


@pytest.mark.parametrize("total", ["Итого", "ИТОГО:", "Всего", "Total", "Jami", "Барлығы:"])
def test_a_total_below_the_records_is_no_record(total):
    rows = [HEADER, [text("1"), text("A")], ["", text(total)]]
    assert [(row, column) for row, column, _message in problems(workbook(sheet(*rows)))] == [
        (3, "")
    ]


@pytest.mark.parametrize(("style", "said"), [(0, "=1+1"), (1, "'=1+1"), (2, "'=1+1")])
def test_the_apostrophe_of_a_csv_that_was_saved_as_a_workbook_is_taken_away(style, said):
    cell = text("'=1+1").replace("<c", f'<c s="{style}"', 1)
    assert one_cell(cell, "title_en", [49, "@"]).cells["title_en"] == said
