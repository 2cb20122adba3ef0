"""Spreadsheets as people save them: what they changed is seen, and what they lost is told."""

import pytest

from initiatives.exchange.xlsx_parts import AROUND
from initiatives.imports.reading import Unreadable
from tests.reading import (
    as_xlsx,
    cells,
    number,
    problems,
    sheet,
    styles,
    table,
    text,
    with_shared,
    workbook,
)

pytestmark = pytest.mark.once
DAY = 1
FORMATS = styles(14, 17, "yyyy", "h:mm", "0.00 &quot;day&quot;", "[$-419]d mmmm yyyy;@")


def one_cell(cell, column="planned_end", **parts):
    """What is read from a cell under the header `column`, and what is wrong with it."""
    content = workbook(sheet([text("code"), text(column)], [text("1"), cell]), **parts)
    (row,) = table(content)
    return row.cells[column], [problem.message for problem in row.problems]


@pytest.mark.parametrize(
    ("style", "said"), [(1, "2027-05-14"), (2, "2027-05"), (3, "2027"), (6, "2027-05-14")]
)
def test_a_date_is_as_exact_as_its_cell_shows_it(style, said):
    assert one_cell(number(46521, style), styles=FORMATS) == (said, [])


def test_a_date_with_a_time_is_its_day():
    assert one_cell(number("46521.583333333336", DAY), styles=FORMATS) == ("2027-05-14", [])


def test_a_time_that_the_cell_shows_is_refused_as_in_other_files():
    shows = styles(22, "dd/mm/yyyy hh:mm")
    for style in (1, 2):
        said, (message,) = one_cell(number("46521.583333333336", style), styles=shows)
        assert said == "46521.583333333336"
        assert "“2027-05-14 14:00” has a time of the day" in message
        assert one_cell(number("46521", style), styles=shows) == ("2027-05-14", [])
        assert one_cell(number("46521.0000000001", style), styles=shows) == ("2027-05-14", [])


@pytest.mark.parametrize("value", ["60", "0", "-1", "9999999", "1e300"])
def test_a_day_that_is_none_is_a_problem(value):
    _said, (message,) = one_cell(number(value, DAY), styles=FORMATS)
    assert "no day" in message


def test_days_may_be_counted_from_1904():
    content = sheet([text("planned_end")], [number(45059, DAY)])
    book = AROUND["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    assert cells(workbook(content, styles=FORMATS)) == [{"planned_end": "2023-05-13"}]
    assert cells(workbook(content, styles=FORMATS, workbook=book)) == [
        {"planned_end": "2027-05-14"}
    ]


def test_a_plain_number_is_a_year_or_a_problem_with_the_day_it_may_be():
    assert one_cell(number(2027)) == ("2027", [])
    said, (message,) = one_cell(number(45123))
    assert (said, "2023-07-16" in message) == ("45123", True)


def test_a_date_in_a_column_of_text_is_a_problem():
    _said, (message,) = one_cell(number(46521, DAY), "title_en", styles=FORMATS)
    assert "as text" in message


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("1234.5", "1234.50"),
        ("0.1", "0.10"),
        ("66.299999999999997", "66.30"),
        ("5E+9", "5000000000.00"),
        ("999999999999.123", "999999999999.123"),
        ("0", "0.00"),
    ],
)
def test_an_amount_is_the_number_that_was_typed(stored, said):
    assert one_cell(number(stored), "funding_amounts") == (said, [])


@pytest.mark.parametrize("stored", ["0.30000000000000004", "12345678901234567", "1e300", "abc"])
def test_an_amount_with_more_digits_than_are_kept_is_a_problem(stored):
    _said, (message,) = one_cell(number(stored), "funding_amounts")
    assert "as text" in message


def test_other_numbers_have_no_more_decimals_than_they_need():
    assert one_cell(number("7.0"), "title_en") == ("7", [])
    assert one_cell(number("66.5"), "sectors_percents") == ("66.50", [])


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ("<c><f>1+1</f><v></v></c>", "formula"),
        ('<c t="n"><f>A1</f></c>', "formula"),
    ],
)
def test_errors_booleans_and_formulas_without_a_value_are_problems(cell, word):
    said, (message,) = one_cell(cell, "title_en")
    assert word in message
    assert said in ("", "#REF!", "1")


def test_shared_texts_are_read_without_their_phonetic_hints():
    shared = "<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r>"
    shared += "<rPh><t>hint</t></rPh></si></sst>"
    row = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>']
    content = workbook(sheet([text("code"), text("kind")], row), **with_shared(shared))
    assert cells(content) == [{"code": "plain", "kind": "rich"}]


def test_other_sheets_are_named_as_not_read():
    more = '<sheet name="Notes" sheetId="2" r:id="rId9"/></sheets>'
    book = AROUND["xl/workbook.xml"].replace("</sheets>", more)
    assert dict(table(workbook(workbook=book)).facts())["Sheets not read"] == "Notes"


def test_merged_cells_are_named_with_their_range():
    merged = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    rows = [[text("code"), text("kind")], [text("1"), text("other")], [text("2")], [text("3")]]
    found = problems(workbook(sheet(*rows, after=merged)))
    assert [(row, column) for row, column, _message in found] == [(2, "kind"), (3, "kind")]
    assert "B2:B3" in found[0][2]


def test_a_merged_header_is_refused():
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    with pytest.raises(Unreadable, match="A1:B1"):
        table(workbook(sheet([text("code")], after=merged)))


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_sheet():
    rows = [[], [text("code"), text("kind")], [], ["", number("")], [text("1")]]
    (row,) = table(workbook(sheet(*rows)))
    assert (row.number, row.cells) == (5, {"code": "1", "kind": ""})


def test_a_cell_under_no_header_is_a_problem():
    found = problems(workbook(sheet([text("code")], [text("1"), "", text("x")])))
    assert [(row, column) for row, column, _message in found] == [(2, "")]


def test_the_sheet_that_is_read_is_told():
    facts = dict(table(as_xlsx([{"code": "1"}])).facts())
    assert facts == {"Format": "XLSX", "Sheet": "Initiatives", "Header": "stable names, row 1"}


def test_a_text_that_was_cut_is_not_taken_for_the_whole():
    content = as_xlsx([{"code": "1", "summary_en": "ы" * 40_000}])
    ((_row, column, message),) = problems(content)
    assert (column, "cut" in message) == ("summary_en", True)


@pytest.mark.parametrize(
    ("code", "value", "said", "whole"),
    [
        ("0&quot; million&quot;", "5", "5 million", "5000000"),
        ("0.0\\ &quot;млрд&quot;", "2.5", "2.5 млрд", "2500000000"),
        ("#,##0\\k", "40", "40 k", "40000"),
        ("0,&quot; mln&quot;", "7000", "7000 mln", "7000000000"),
    ],
)
def test_a_number_that_is_shown_in_millions_and_is_none_is_a_problem(code, value, said, whole):
    _said, (message,) = one_cell(number(value, 1), "funding_amounts", styles=styles(code))
    assert message == (
        f"The cell shows “{said}”, but the file holds {value}."
        f" Type the number in full, for example {whole}."
    )


@pytest.mark.parametrize(
    "code", ["0,,&quot; million&quot;", "0.0,,&quot;M&quot;", "0&quot; USD&quot;"]
)
def test_a_number_that_only_shows_fewer_digits_is_taken(code):
    found = one_cell(number("5000000", 1), "funding_amounts", styles=styles(code))
    assert found == ("5000000.00", [])


def test_a_cell_under_no_header_is_told_with_its_column_and_what_it_holds():
    header, line = [text("code"), "", text("kind")], [text("1"), text("stray"), text("other")]
    assert problems(workbook(sheet(header, line))) == [
        (
            2,
            "",
            "Column B has no header, and here it holds “stray”. Name the column, or empty its"
            " cells.",
        )
    ]
