"""The list as XLSX, read back by a library that did not write it."""

import io
import re
import zipfile

import openpyxl
import pytest
from lxml import etree

from initiatives.exchange import cell_limits, xlsx_file
from initiatives.exchange.columns import COLUMNS
from tests.factories import make_funding, make_initiative, make_initiatives

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def download(client):
    """A function that fetches the file."""

    def fetch(query="", language="en"):
        response = client.get(f"/{language}/initiatives.xlsx?{query}")
        assert response.status_code == 200
        return io.BytesIO(b"".join(response))

    return fetch


@pytest.fixture
def sheet(download):
    """A function that fetches the file and opens its sheet."""
    return lambda query="": openpyxl.load_workbook(download(query)).active


def cells(sheet, name):
    names = [cell.value for cell in sheet[1]]
    return [row[names.index(name)] for row in sheet.iter_rows(min_row=2)]


def test_every_row_of_the_filter_is_there_under_the_names_of_the_columns(sheet):
    made = make_initiatives(3, status="agreed")
    make_initiative(status="planned")
    found = sheet("status=agreed&page_size=2")
    assert [cell.value for cell in found[1]] == list(COLUMNS)
    assert {cell.value for cell in cells(found, "code")} == {one.code for one in made}


def test_the_header_is_bold_stays_in_sight_and_filters(sheet):
    make_initiatives(2)
    found = sheet("columns=code,title_en,url")
    assert found["A1"].font.b
    assert not found["A2"].font.b
    assert found.freeze_panes == "B2"
    assert found.auto_filter.ref == "A1:C3"
    assert found.column_dimensions["B"].width == 50


def test_an_empty_list_is_a_sheet_with_a_header(sheet):
    assert [[cell.value for cell in row] for row in sheet("columns=code").rows] == [["code"]]


def test_text_that_looks_like_a_formula_is_text(sheet):
    make_initiative(title_en="=1+1")
    (cell,) = cells(sheet(), "title_en")
    assert (cell.value, cell.data_type, cell.number_format) == ("=1+1", "s", "@")


def test_long_amounts_and_partial_dates_stay_as_they_are(sheet):
    made = make_initiative(planned_end="2027-05")
    make_funding(made, "8999999999999999.99")
    found = sheet()
    assert cells(found, "funding_amounts")[0].value == "8999999999999999.99"
    assert cells(found, "planned_end")[0].value == "2027-05"


@pytest.mark.parametrize("letter", ["a", "ы", "😀"])
def test_a_text_too_long_for_a_cell_says_so(sheet, letter):
    make_initiative(summary_en=letter * 40_000)
    (cell,) = cells(sheet(), "summary_en")
    units = len(cell.value.encode("utf-16-le")) // 2
    assert cell_limits.LONGEST - 1 <= units <= cell_limits.LONGEST
    assert cell.value.startswith(letter)
    assert re.search(rf"{letter} {cell_limits.CUT} .*CSV and JSON", cell.value)


@pytest.mark.parametrize("text", ["a" * 32_767, "ы" * 32_767, "😀" * 16_383 + "a"])
def test_a_text_that_just_fits_is_whole(text):
    assert xlsx_file.cell_text(text) == text


@pytest.mark.parametrize("text", ["a" * 32_768, "ы" * 32_768, "😀" * 16_384, "a" + "😀" * 16_384])
def test_a_letter_beyond_the_first_plane_takes_two_of_the_units_of_a_cell(text):
    written = xlsx_file.cell_text(text)
    assert cell_limits.CUT in written
    kept = written.partition(f" {cell_limits.CUT}")[0]
    assert kept
    assert text.startswith(kept)
    assert cell_limits.LONGEST - 1 <= len(written.encode("utf-16-le")) // 2 <= cell_limits.LONGEST


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\x0bb\x00", "a\nb"),
        ("<&>", "&lt;&amp;&gt;"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x005F_x0041_", "_x005F_x005F_x005F_x0041_"),
        ("snake_x00", "snake_x00"),
    ],
)
def test_a_cell_holds_what_xml_can_hold(text, written):
    assert xlsx_file.cell_text(text) == written


@pytest.mark.parametrize(("place", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_have_letters(place, name):
    assert xlsx_file.letters_of(place) == name


def test_every_part_is_xml_that_the_content_types_name(download):
    make_initiatives(2)
    with zipfile.ZipFile(download()) as archive:
        assert archive.testzip() is None
        trees = {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
    types = trees["[Content_Types].xml"]
    named = {part.get("PartName").lstrip("/") for part in types if part.get("PartName")}
    assert named == {name for name in trees if name.endswith(".xml")} - {"[Content_Types].xml"}


def test_the_same_data_give_the_same_file(download):
    make_initiatives(3)
    assert download().getvalue() == download().getvalue()


def test_more_rows_than_a_sheet_should_hold_are_refused(client, monkeypatch):
    monkeypatch.setattr("initiatives.public.pages.formats.ListAsXlsx.most_rows", 1)
    make_initiatives(2)
    response = client.get("/en/initiatives.xlsx")
    assert response.status_code == 400
    assert "CSV" in response.json()["detail"]
