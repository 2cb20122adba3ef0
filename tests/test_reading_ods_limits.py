"""ODS files that are meant to do harm are refused, in little memory and with a cure."""

import time

import pytest

from initiatives.imports.reading import Unreadable, limits
from tests.opendocument import EMPTY, content, document, number, row, sheet, text
from tests.reading import packed, table
from tests.test_reading_xlsx_limits import DOCTYPE, noise, peak

pytestmark = pytest.mark.once
MIB = limits.MIB
SECONDS = 20  # far above what a refusal takes, far below what reading all would take


def refused(file):
    begun = time.process_time()
    with pytest.raises(Unreadable) as error:
        list(table(file, "file.ods"))
    assert time.process_time() - begun < SECONDS
    return error.value.message


def test_a_bomb_is_refused_before_it_is_unpacked():
    file = document(content=" " * (20 * MIB))
    assert "grow" in refused(file)
    assert peak(lambda: refused(file)) < MIB


def test_a_doctype_is_refused():
    assert "DOCTYPE" in refused(document(content=DOCTYPE))


def test_deep_nesting_is_refused():
    assert "deep" in refused(document(sheet("<table:table-row-group>" * 200_000)))


def test_a_million_empty_rows_by_one_tag_take_no_time():
    most = limits.SHEET_ROWS - 2
    empty = row(EMPTY, more=f'table:number-rows-repeated="{most}"')
    file = document(sheet([text("code")], [text("1")], empty))
    assert [one.number for one in table(file)] == [2]
    assert peak(lambda: list(table(file))) < MIB


def test_a_row_that_is_repeated_a_million_times_is_refused():
    line = row(text("1"), more='table:number-rows-repeated="1000000"')
    assert "1000000 times" in refused(document(sheet([text("code")], line)))


def test_more_rows_than_a_sheet_has_are_refused():
    line = row(EMPTY, more='table:number-rows-repeated="9999999"')
    assert "order" in refused(document(sheet([text("code")], line, line)))


@pytest.mark.parametrize("count", ["0", "-1", "x", "1e9", "99999999999", "٣"])
def test_a_count_that_is_none_is_refused(count):
    line = row(text("1"), more=f'table:number-rows-repeated="{count}"')
    assert "damaged" in refused(document(sheet([text("code")], line)))


def test_a_cell_that_is_repeated_beyond_the_columns_is_refused():
    cell = text("1", 'table:number-columns-repeated="16384"')
    assert "beyond column 1000" in refused(document(sheet([text("code")], [cell])))


def test_empty_cells_may_be_repeated_to_the_end_of_the_sheet():
    cell = '<table:table-cell table:number-columns-repeated="16383"/>'
    file = document(sheet([text("code"), cell], [text("1"), cell]))
    assert [one.cells for one in table(file)] == [{"code": "1"}]


def test_a_long_text_that_is_repeated_is_refused():
    cell = text("a" * 900_000, 'table:number-columns-repeated="900"')
    assert "characters" in refused(document(sheet([text("code")], [cell])))


def test_a_tag_that_stands_for_many_spaces_is_refused():
    cell = text('<text:s text:c="9999999"/>' + '<text:s text:c="999999"/>' * 20)
    assert "characters" in refused(document(sheet([text("code")], [cell])))


def test_a_million_tags_of_empty_rows_are_refused():
    assert "empty rows" in refused(document(sheet([text("code")], row() * 200_000)))


@pytest.mark.parametrize(
    "inside",
    ["<text:p>{}</text:p>", '<text:p text:x="{}"/>', "<!--{}-->"],
    ids=["text", "attribute", "comment"],
)
def test_a_value_of_many_megabytes_does_not_fill_the_memory(inside):
    cell = f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'
    file = document(sheet([cell.format(noise(12 * MIB))]))
    assert peak(lambda: refused(file)) < 30 * MIB


@pytest.mark.parametrize(
    "kind", ["application/vnd.oasis.opendocument.text", "application/zip", "x" * 1000]
)
def test_another_kind_of_document_is_told(kind):
    assert "another kind" in refused(document(mimetype=kind))


def test_a_password_is_told():
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert "password" in refused(document(manifest=manifest, content="\0\1\2"))
    assert "password" in refused(packed({"mimetype": "", "encrypted-package": "a"}))


def test_macros_are_refused_with_a_cure():
    parts = {"mimetype": "", "content.xml": content(), "Basic/Standard/script-lc.xml": "<a/>"}
    assert "macros" in refused(packed(parts))


def test_too_many_sheets_are_refused():
    assert "too many sheets" in refused(document(sheet() * 1_100))


def test_too_many_styles_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "STYLES", 5)
    assert "styles" in refused(document(sheet([text("code")])))


def test_too_many_merged_ranges_are_refused():
    merged = row(text("1", 'table:number-columns-spanned="2"'))
    assert "merged" in refused(document(sheet([text("code")], merged * 200)))


@pytest.mark.parametrize("file", [document(content="<a"), document(content="<a/>"), document()])
def test_half_a_document_and_one_without_a_sheet_are_refused(file):
    assert refused(file)


def test_a_longer_file_takes_no_more_memory():
    def read(rows):
        lines = [[text(f"CI-{n}"), number(n)] for n in range(rows)]
        file = document(sheet([text("code"), text("title_en")], *lines))
        return peak(lambda: sum(1 for _row in table(file)))

    assert read(5_000) < 1.2 * read(500) + MIB
