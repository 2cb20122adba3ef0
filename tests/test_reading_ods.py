"""ODS is read as XLSX is: what the sheet shows is what was meant, and the rest is told."""

import pytest

from tests.opendocument import EMPTY, day, document, number, row, sheet, text
from tests.reading import cells, problems, table

pytestmark = pytest.mark.once


def one_cell(cell, column="title_en", **more):
    """What is read from a cell under the header `column`, and what is wrong with it."""
    content = document(sheet([text("code"), text(column)], [text("1"), cell], **more))
    (found,) = table(content)
    return found.cells[column], [problem.message for problem in found.problems]


def test_a_sheet_is_read_and_told():
    content = document(sheet([text("code"), text("kind")], [text("1"), text("other")]))
    assert cells(content) == [{"code": "1", "kind": "other"}]
    facts = dict(table(content).facts())
    assert facts == {"Format": "ODS", "Sheet": "Data", "Header": "stable names, row 1"}


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("a &amp; b", "a & b"),
        ("a</text:p><text:p>b", "a\nb"),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a   b\tc\nd"),
        ("<text:span>ri</text:span><text:a>ch</text:a>", "rich"),
        ("a\n      b", "a b"),
        ("_x0041_", "_x0041_"),
        ("'=1", "=1"),
        ("'plain'", "'plain'"),
    ],
)
def test_a_text_is_what_its_paragraphs_say(inside, said):
    assert one_cell(text(inside)) == (said, [])


def test_the_apostrophe_of_a_csv_stays_in_cells_that_have_the_format_of_texts():
    assert one_cell(text("'=1", 'table:style-name="text"')) == ("'=1", [])


def test_comments_and_drawings_are_no_part_of_a_text():
    comment = "<office:annotation><text:p>a comment</text:p></office:annotation>"
    frame = "<draw:frame><draw:text-box><text:p>in a box</text:p></draw:text-box></draw:frame>"
    cell = f'<table:table-cell office:value-type="string">{comment}<text:p>A{frame}</text:p>'
    assert one_cell(f"{cell}</table:table-cell>") == ("A", [])


def test_cells_that_were_deleted_are_not_read():
    deleted = f"<table:tracked-changes>{row(text('code'), text('old'))}</table:tracked-changes>"
    content = document(deleted + sheet([text("code")], [text("1")]))
    assert cells(content) == [{"code": "1"}]


@pytest.mark.parametrize(
    ("style", "said"),
    [("day", "2027-05-14"), ("month", "2027-05"), ("year", "2027"), ("of month", "2027-05")],
)
def test_a_date_is_as_exact_as_its_cell_shows_it(style, said):
    assert one_cell(day("2027-05-14", style), "planned_end") == (said, [])
    assert one_cell(day("2027-05-14T00:00:00", style), "planned_end") == (said, [])


@pytest.mark.parametrize("value", ["2027-02-30", "0000-01-01", "x", ""])
def test_a_date_that_is_none_is_a_problem(value):
    _said, (message,) = one_cell(day(value), "planned_end")
    assert "2027-05-14" in message or "as text" in message


def test_a_style_may_come_from_the_row_or_the_column():
    plain = '<table:table-cell office:value-type="date" office:date-value="2027-05-14"/>'
    column = '<table:table-column/><table:table-column table:default-cell-style-name="month"/>'
    assert one_cell(plain, "planned_end", before=column)[0] == "2027-05"
    lines = [text("planned_end")], row(plain, more='table:default-cell-style-name="year"')
    assert cells(document(sheet(*lines))) == [{"planned_end": "2027"}]


@pytest.mark.parametrize("style", ['table:style-name="percent"', ""])
def test_a_percentage_is_the_number_that_is_shown(style):
    cell = number("0.33", "percentage", style)
    assert one_cell(cell, "sectors_percents") == ("33.00", [])


def test_a_percentage_in_another_column_is_a_problem():
    said, (message,) = one_cell(
        number("0.33", "percentage", 'table:style-name="percent"'), "funding_amounts"
    )
    assert (said, "percentage" in message) == ("0.33", True)


@pytest.mark.parametrize(
    ("value", "said"), [("5000000.5", "5000000.50"), ("-5", "-5.00"), ("1.5E+9", "1500000000.00")]
)
def test_an_amount_is_the_number_that_was_typed(value, said):
    assert one_cell(number(value), "funding_amounts") == (said, [])
    money = number(value, "currency", 'office:currency="USD"')
    assert one_cell(money, "funding_amounts") == (said, [])


@pytest.mark.parametrize(
    "more", ['office:currency="EUR" table:style-name="euro"', 'table:style-name="euro"']
)
def test_an_amount_that_shows_another_currency_is_told(more):
    header = [text("code"), text("funding_amounts"), text("funding_currencies")]
    line = [text("1"), number("5", "currency", more), text("USD")]
    (found,) = table(document(sheet(header, line)))
    assert found.findings["funding_amounts"] == [
        "The cell shows EUR, and the column funding_currencies USD."
    ]


def test_an_amount_that_is_shown_in_millions_is_told_unless_it_is_in_millions():
    _said, (message,) = one_cell(
        number("5", "float", 'table:style-name="million"'), "funding_amounts"
    )
    assert "shows “5 million”" in message
    assert "for example 5000000." in message
    whole = number("5000000", "float", 'table:style-name="in millions"')
    assert one_cell(whole, "funding_amounts") == ("5000000.00", [])


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>', "TRUE"),
        (text("#DIV/0!", 'calcext:value-type="error"'), "#DIV/0!"),
        (text("Err:502", 'table:formula="of:=1+"'), "Err:502"),
        (text("#N/A", 'table:formula="of:=NA()"'), "#N/A"),
        ('<table:table-cell table:formula="of:=A1"/>', "formula"),
        ('<table:table-cell office:value-type="time" office:time-value="PT3H"/>', "as text"),
        (number("NaN"), "no number"),
    ],
)
def test_what_is_no_text_and_no_number_is_a_problem(cell, word):
    _said, (message,) = one_cell(cell)
    assert word in message


def test_a_formula_with_its_value_is_taken_and_told():
    formula = 'table:formula="of:=1+1"'
    content = document(
        sheet([text("title_en"), text("summary_en")], [text("A", formula), number(2, more=formula)])
    )
    (found,) = table(content)
    assert (found.cells, found.problems) == ({"title_en": "A", "summary_en": "2"}, [])
    assert [*found.findings] == ["title_en", "summary_en"]
    assert "formula" in found.findings["title_en"][0]


def test_the_first_visible_sheet_with_a_header_is_read():
    first = sheet([text("How to fill in")], [text("code"), text("its code")], name="Help")
    hidden = sheet(
        [text("code"), text("kind")], [text("0"), text("other")], style="hidden", name="H"
    )
    last = sheet([text("Register")], [], [text("code"), text("kind")], [text("1"), text("other")])
    content = document(first, hidden, last)
    assert cells(content) == [{"code": "1", "kind": "other"}]
    facts = dict(table(content).facts())
    assert (facts["Sheet"], facts["Sheets not read"]) == ("Data", "Help")
    assert facts["Hidden sheets, not read"] == "H"
    assert facts["Above the header, not read"] == "row 1: Register"


def test_repeated_rows_and_columns_stand_there_as_often():
    empty = row(EMPTY, more='table:number-rows-repeated="7"')
    header = row(text("code"), text("kind"), text("title_en"), text("title_ru"))
    line = row(
        text("1"),
        EMPTY,
        text("A", 'table:number-columns-repeated="2"'),
        more='table:number-rows-repeated="2"',
    )
    found = list(table(document(sheet(empty, header, line, empty, line))))
    assert [one.number for one in found] == [9, 10, 18, 19]
    assert found[0].cells == {"code": "1", "kind": "", "title_en": "A", "title_ru": "A"}


def test_hidden_rows_and_columns_are_read_and_told():
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    hidden = 'table:visibility="filter"'
    lines = [
        [text("code"), text("kind")],
        row(text("1"), text("other"), more=hidden),
        row(text("2"), text("other"), more=hidden),
        [text("3"), text("other")],
    ]
    found = table(document(sheet(*lines, before=columns)))
    assert len(list(found)) == 3
    assert found.hidden_rows == [(2, 3)]
    assert dict(found.facts())["Hidden columns, read as well"] == "kind"


def test_merged_cells_are_named_with_their_range():
    merged = text("other", 'table:number-columns-spanned="1" table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell/>"
    lines = [[text("code"), text("kind")], [text("1"), merged], [text("2"), covered], [text("3")]]
    found = problems(document(sheet(*lines)))
    assert [(number, column) for number, column, _message in found] == [(2, "kind"), (3, "kind")]
    assert "B2:B3" in found[0][2]


def test_the_name_of_a_sheet_may_have_any_sign():
    content = document(sheet([text("code")], name="A &amp; &quot;B&quot; &#1045;"))
    assert dict(table(content).facts())["Sheet"] == 'A & "B" Е'


def test_groups_and_header_rows_are_rows_like_others():
    header = f"<table:table-header-rows>{row(text('code'))}</table:table-header-rows>"
    group = f"<table:table-row-group>{row(text('1'))}</table:table-row-group>"
    assert cells(document(sheet(header, group))) == [{"code": "1"}]
