"""Headers, titles and last lines of tables that people make for people."""

import time

import pytest

from initiatives.imports.reading import Unreadable, limits
from tests.reading import cells, problems, sheet, table, workbook

pytestmark = pytest.mark.once


def facts(content):
    return dict(table(content).facts())


def refused(content):
    begun = time.process_time()
    with pytest.raises(Unreadable) as error:
        list(table(content))
    assert time.process_time() - begun < 5
    return error.value


def test_a_bar_is_the_delimiter_where_the_header_has_it():
    content = 'code|title_en|parties\n1|A, B; C|"UZ|KZ"\n'
    assert cells(content) == [{"code": "1", "title_en": "A, B; C", "parties": "UZ|KZ"}]
    assert facts(content)["Delimiter"] == "vertical bar"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_bar_parts_values_where_another_delimiter_parts_the_columns(sign):
    content = f"code{sign}title_en{sign}parties\n1{sign}A{sign}UZ|KZ\n"
    assert cells(content) == [{"code": "1", "title_en": "A", "parties": "UZ|KZ"}]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "above", ["Register of initiatives\n", "Register, 2026; part 1\n\n", "A|B\nas of 1 May\n"]
)
def test_lines_above_the_header_are_stepped_over_and_told(sign, above):
    content = f"{above}code{sign}kind\n1{sign}other\n"
    (row,) = table(content)
    assert row.cells == {"code": "1", "kind": "other"}
    assert row.number == above.count("\n") + 2
    told = facts(content)["Above the header, not read"]
    assert told.startswith("row 1: " + above.split("\n")[0][:1])


@pytest.mark.parametrize("sign", [";", "|", ","])
def test_the_line_that_tells_the_delimiter_is_passed_over(sign):
    content = f"sep={sign}\ncode{sign}kind\n1{sign}other\n"
    assert cells(content) == [{"code": "1", "kind": "other"}]
    assert "Above the header, not read" not in facts(content)


def test_line_ends_may_be_mixed():
    content = "code,kind\r\n1,other\n2,other\r3,other\r\n"
    assert [row["code"] for row in cells(content)] == ["1", "2", "3"]


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", "''", "’’"])
def test_quotation_marks_of_another_kind_are_refused_with_the_cure(marks):
    before, after = marks
    names = ",".join(f"{before}{name}{after}" for name in ("code", "title_en"))
    error = refused(f"{names}\n{before}1{after},{before}A, B{after}\n")
    assert (error.row, "straight" in error.message) == (1, True)


def test_one_name_in_marks_of_its_own_is_no_other_kind_of_quotation():
    assert table("code,title_en,«Ответственный»\n1,A,B\n").unknown == {"«Ответственный»": ""}


def test_the_names_of_a_header_may_be_of_several_languages():
    content = "code;Название (ru);Жоспарланған аяқталуы\n1;А;2027\n"
    assert table(content).columns[:2] == ["code", "title_ru"]


@pytest.mark.parametrize("rows", [30, 300])
def test_many_wide_rows_without_a_header_are_refused_soon(rows):
    line = ";".join(f"Столбец{n}" for n in range(900))
    assert refused((line + "\n") * rows).row == 1


@pytest.mark.parametrize(
    "name", ["соde", "СОDЕ", "\u200bcode", "co\u00adde", " Code ", "\ufeffcode\u00a0", "КОD", "КоД"]
)
def test_a_header_may_differ_in_what_nobody_sees(name):
    found = table(f"{name},kind\n1,other\n")
    assert found.columns == ["code", "kind"]


def test_letters_of_another_alphabet_in_a_header_are_told():
    told = facts("соde,kind\n1,other\n")["Columns with letters of another alphabet"]
    assert told == "соde → code"
    assert "Columns with letters of another alphabet" not in facts("код;kind\n1;other\n")


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("Название", "title_ru"),
        ("Title", "title_en"),
        ("Nomi", ""),
        ("countries_role", "countries_roles"),
    ],
)
def test_the_nearest_column_is_suggested(name, column):
    found = table(f"code,{name}\n1,A\n").unknown
    assert found[name] == column or not column


def test_a_header_that_is_unknown_is_not_looked_for_among_the_data():
    error = refused("cde,titel_en\n1,Status\n2,Kind\n")
    assert (error.row, "titel_en → title_en" in error.message) == (1, True)


@pytest.mark.parametrize(
    "again", ["code,title_en", "Code,TITLE_EN", "код,название (ru)", "code,", "Код,Title (en)"]
)
def test_a_header_that_comes_again_is_no_record(again):
    ((row, column, message),) = problems(f"code,title_en\n{again}\n1,A\n")
    assert (row, column, "repeats the header" in message) == (2, "", True)


@pytest.mark.parametrize(
    "line",
    [
        "Итого,,100",
        ",Итого:,100.50",
        ",Всего по разделу,5 000",
        ",Total for 2026,",
        ",TOTAL,USD 5",
        "Jami,,",
        ",Жиыны:,5",
        ",Примечание: по данным сторон,",
        "Источник: пресс-служба,,",
        ",Note: as of May,",
    ],
)
def test_totals_and_remarks_are_no_records(line):
    ((row, column, message),) = problems(f"code,title_en,funding_amounts\n1,A,5\n{line}\n")
    assert (row, column, "total or a remark" in message) == (3, "", True)


@pytest.mark.parametrize(
    "title", ["Total energy plant", "Всего хорошего", "Note on trade", "Итоговый форум", "Sources"]
)
def test_titles_that_only_begin_so_are_titles(title):
    kind = "agreement" if title != "Sources" else ""
    assert problems(f"code,title_en,kind\n,{title},{kind or 'other'}\n") == []


def test_a_row_with_a_code_is_a_record_whatever_its_title():
    assert problems("code,title_en\nCI-2025-0001,Total\n") == []


def test_rows_in_which_no_known_column_says_anything_are_passed_over():
    content = "№,code,title_en\n1,CI-2025-0001,A\n2,,\n3,,\n"
    assert [row["code"] for row in cells(content)] == ["CI-2025-0001"]


def test_the_ends_of_rows_may_have_more_delimiters_than_the_header():
    assert cells("code,kind,,\n1,other,,\n") == [{"code": "1", "kind": "other"}]
    assert problems("code,kind,,\n1,other,,x\n")[0][0] == 2


@pytest.mark.parametrize("begin", ["code,kind\n1,other\n", "", "Register\n"])
@pytest.mark.parametrize("line", ["\n", ",,,\n", "   \r\n"])
def test_megabytes_of_empty_lines_are_refused_at_once(begin, line):
    content = begin + line * (9 * limits.MIB // len(line))
    message = refused(content).message
    assert "empty rows" in message or not begin.startswith("code")


def test_a_million_empty_rows_of_a_sheet_are_refused_at_once():
    rows = "".join(f'<row r="{number}"/>' for number in range(2, 1_000_000))
    content = sheet(['<c t="str"><v>code</v></c>']).replace("</sheetData>", f"{rows}</sheetData>")
    assert "follow row 1." in refused(workbook(content)).message
