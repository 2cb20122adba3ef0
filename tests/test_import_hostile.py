"""Bad files through the whole import: told with row, column and cure, and nothing is written."""

import json

import pytest

from initiatives.models import Change, ImportBatch, ImportRow, Initiative
from tests.desk import make_desk
from tests.factories import (
    make_initiative,
)
from tests.importing import NEW, as_file, make_lists, run
from tests.reading import number, sheet, styles, text, workbook

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"


@pytest.fixture(autouse=True)
def _lists():
    make_lists()
    make_desk("Energy desk")
    make_initiative(CODE, title_en="Bridge").external_ids.create(scheme="wb", value="P100")
    make_initiative("CI-2025-0002", parent=make_initiative("CI-2025-0003"))


@pytest.fixture
def refused(tmp_path):
    """What an import tells of rows and columns that leaves the database as it was."""

    def apply(content, name="table.csv"):
        file, report = tmp_path / name, tmp_path / "report.json"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        before = counts()
        code, _told = run(str(file), "--apply", report=str(report))
        assert (code, counts()) == (1, before)
        return {
            (row["row"], column): cell["error"]
            for row in json.loads(report.read_text())["rows"]
            for column, cell in row["cells"].items()
            if "error" in cell
        }

    return apply


def counts():
    return [model.objects.count() for model in (Initiative, Change, ImportBatch, ImportRow)]


@pytest.mark.parametrize(
    ("column", "cell", "cure"),
    [
        ("countries_roles", "UX:party", "Did you mean “UZ”?"),
        ("countries_roles", "UZ:prty", "Did you mean “party”?"),
        ("countries_roles", "UZ", "Write it as UZ:party."),
        ("sectors", "enrgy|water", "Did you mean “energy”?"),
        ("main_sector", "enrgy", "Did you mean “energy”?"),
        ("organisations_roles", "bnk:1", "Did you mean “bank”?"),
        ("organisations_roles", "bank:9", "Write one of: 1, 2"),
        ("kind", "agrement", "Did you mean “agreement”?"),
        ("status", "planed", "Did you mean “planned”?"),
        ("status_source", "protocl", "Did you mean “protocol”?"),
        ("status_decided_by", "UX", "Did you mean “UZ”?"),
        ("desk", "Enrgy desk", "Did you mean “Energy desk”?"),
        ("parent", "CI-2025-0O01", "Did you mean “CI-2025-0001”?"),
        ("parent", "wb:P1O0", "Did you mean “wb:P100”?"),
        ("parent", "zz:1", "Write its code or identifier."),
        ("funding_types", "pledg|", "Did you mean “pledge”?"),
        ("funding_amount_kinds", "exct|undisclosed", "Did you mean “exact”?"),
        ("funding_currencies", "usdd|", "Did you mean “USD”?"),
        ("funding_currencies", "EURR|", "Did you mean “EUR”?"),
        ("funding_instruments", "grnt|", "Did you mean “grant”?"),
        ("funding_providers", "bnk|", "Did you mean “bank”?"),
        ("funding_provider_countries", "UX|", "Did you mean “UZ”?"),
        ("funding_receivers", "bnk|", "Did you mean “bank”?"),
        ("funding_amounts", "1,000|", "may be 1000 or 1. Write 1000 or 1.00."),
        ("funding_amounts", "9" * 30 + "|", "has to be below 9 000"),
        ("funding_amounts", "NaN|", "Write digits"),
        ("funding_dates", "2027-13|", "Write 2027, 2027-H1"),
        ("funding_numbers", "1|1", "a number of its own"),
        ("funding_numbers", "99999999999|2", "2147483647"),
        ("cited_sources", "x" * 1001, "is unknown"),
        ("funding_types", "|".join(["pledge"] * 10_001), "at most 10000 are allowed"),
        ("planned_end", "2027-13", "Write 2027, 2027-H1"),
        ("planned_end", "2027-02-31", "2027-05-14."),
        ("planned_end", "31.02.2027", "2027-05-14."),
        ("sectors_percents", "-5|40", "is negative"),
        ("sectors_percents", "101|0", "is more than 100"),
        ("sectors_percents", "a|0", "Write digits"),
        ("title_en", "", "Give a title in one language at least."),
        ("title_en", "x" * 300, "at most 250 characters"),
        ("summary_en", "x" * 600, "at most 500 characters"),
        ("external_ids", "P123456", "for example wb:P123456"),
        ("code", "CI-25-1", "looks like CI-2025-0007"),
        ("title_en", "A\0B", "Character 2 is U+0000, which no text may hold. Take it out."),
        ("code", f"{CODE}\0", "Take it out."),
        ("external_ids", "wb:\0", "Take it out."),
        ("parent", f"{CODE}\0", "Take it out."),
    ],
)
def test_a_wrong_cell_is_told_with_its_row_column_and_cure(refused, column, cell, cure):
    good = NEW | {"external_ids": "wb:good"}
    found = refused(as_file([good, NEW | {column: cell}]).getvalue())
    assert cure in found[3, column]


@pytest.mark.parametrize(
    "rows",
    [
        [{"code": CODE}, {"code": CODE}],
        [{"code": CODE}, {"external_ids": "wb:P100"}],
        [{"external_ids": "wb:7"}, {"external_ids": "adb:1|wb:7"}],
    ],
    ids=["code", "code and identifier", "identifier"],
)
def test_two_rows_of_one_record_name_each_other(refused, rows):
    found = refused(as_file([row | {"title_en": "A"} for row in rows]).getvalue())
    assert found[2, "code"] == "Row 3 means the same initiative. Leave one of them."
    assert found[3, "code"] == "Row 2 means the same initiative. Leave one of them."


@pytest.mark.parametrize(
    "rows",
    [
        [{"external_ids": "wb:1", "parent": "wb:2"}, {"external_ids": "wb:2", "parent": "wb:1"}],
        [
            {"external_ids": "a:1|a:2", "parent": "b:2"},
            {"external_ids": "b:1|b:2", "parent": "a:2"},
        ],
        [{"code": "CI-2025-0003", "parent": CODE}, {"code": CODE, "parent": "CI-2025-0002"}],
        [{"code": "CI-2025-0003", "parent": "wb:P100"}, {"code": CODE, "parent": "CI-2025-0002"}],
    ],
    ids=["in the file", "by other names", "through stored records", "by a stored identifier"],
)
def test_a_circle_is_told_in_each_of_its_rows(refused, rows):
    found = refused(as_file([row | {"title_en": "A"} for row in rows]).getvalue())
    assert list(found) == [(2, "parent"), (3, "parent")]
    assert "not even through others" in found[3, "parent"]


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        (",A,other", "The row ends after 3 of 4 cells. Complete it"),
        (",A,other,,over", "Put texts that hold the delimiter into quotation marks"),
    ],
)
def test_a_wrong_number_of_cells_is_told(refused, line, cure):
    found = refused(f"code,title_en,kind,parent\n,Good,,\n{line}\n")
    assert cure in found[3, ""]


@pytest.mark.parametrize("escape", ["\\u0000", "\\u0007"])
def test_a_sign_that_no_text_may_hold_is_told_in_a_json(refused, escape):
    content = f'[{{"title_en": "Good"}}, {{"title_en": "A{escape}"}}]'
    assert "Take it out." in refused(content, "table.json")[2, "title_en"]


@pytest.mark.parametrize(
    ("column", "cell", "cure"),
    [
        ("title_en", text("A_x0000_B"), "Character 2 is U+0000"),
        ("title_en", text("A_xD800_B"), "Character 2 is U+D800"),
        ("title_en", '<c t="e"><v>#REF!</v></c>', "the error #REF!. Write a value."),
        ("title_en", '<c t="e"><v>#N/A</v></c>', "the error #N/A. Write a value."),
        ("title_en", '<c t="b"><v>1</v></c>', "Write a text."),
        ("title_en", "<c><f>A1&amp;B1</f></c>", "Paste its value"),
        ("title_en", number(46521, 1), "Format the cell as text"),
        ("planned_end", number(45123), "that is 2023-07-16"),
        ("planned_end", number(-5, 1), "is the number of no day"),
        ("planned_end", number(60, 1), "is the number of no day"),
        ("funding_amounts", number("0.30000000000000004"), "Write it as text."),
    ],
)
def test_a_cell_that_excel_changed_is_told(refused, column, cell, cure):
    names = list(dict.fromkeys(["title_en", column]))
    cells = [cell if name == column else text("A") for name in names]
    content = workbook(sheet(map(text, names), [], [text("Good")], cells), styles=styles(14))
    assert cure in refused(content, "table.xlsx")[4, column]


def test_merged_cells_are_told_in_each_of_their_rows(refused):
    rows = [[text("title_en"), text("kind")], [text("A"), text("other")], [text("B")]]
    merged = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    found = refused(workbook(sheet(*rows, after=merged)), "table.xlsx")
    told = "The cells B2:B3 are merged. Unmerge them and fill in each."
    assert found == {(2, "kind"): told, (3, "kind"): told}
