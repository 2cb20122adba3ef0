"""Spreadsheets that are meant to do harm are refused, in little memory and with a cure."""

import io
import random
import tracemalloc
import zipfile

import pytest

from initiatives.exchange.xlsx_parts import AROUND, SHEET
from initiatives.imports.reading import Unreadable, limits
from tests.reading import MAIN, as_xlsx, packed, sheet, table, text, with_shared, workbook

pytestmark = pytest.mark.once
MIB = limits.MIB
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'


def refused(content):
    with pytest.raises(Unreadable) as error:
        list(table(content, "file.xlsx"))
    return error.value.message


def peak(read):
    """The most bytes that were held at once."""
    tracemalloc.start()
    read()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def noise(size):
    """Text that is hardly made smaller by packing, so that no ratio gives it away."""
    return random.Random(1).randbytes(size // 2).hex()


def sheet_of(inside):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>'


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_a_bomb_is_refused_before_it_is_unpacked(part):
    content = workbook(**{part: "<a>" + " " * (20 * MIB)})
    assert "grow" in refused(content)
    assert peak(lambda: refused(content)) < MIB


def test_a_bomb_of_shared_texts_is_refused():
    content = workbook(**with_shared("<sst>" + f"<si><t>{'a' * 100_000}</t></si>" * 200))
    assert "grow" in refused(content)


@pytest.mark.parametrize("part", ["sheet1", "workbook", "styles"])
def test_a_doctype_is_refused(part):
    assert "DOCTYPE" in refused(workbook(**{part: DOCTYPE}))


def test_a_doctype_among_the_shared_texts_is_refused():
    assert "DOCTYPE" in refused(workbook(**with_shared(DOCTYPE)))


def test_deep_nesting_is_refused():
    assert "deep" in refused(workbook(sheet_of("<a>" * 200_000)))


def test_too_many_columns_are_refused():
    row = "".join(f'<c t="str"><v>{place % 7}</v></c>' for place in range(20_000))
    assert "beyond column 1000" in refused(workbook(sheet_of(f"<row>{row}</row>")))


@pytest.mark.parametrize(
    "inside",
    ["<row><c><v>{}</v></c></row>", '<row><c r="{}"/></row>', "<row>{}</row>", "<!--{}-->"],
    ids=["text", "attribute", "between", "comment"],
)
def test_a_value_of_many_megabytes_does_not_fill_the_memory(inside):
    content = workbook(sheet_of(inside.format(noise(12 * MIB))))
    assert peak(lambda: refused(content)) < 20 * MIB


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a", "xl\\a.xml", "c:a"])
def test_parts_with_strange_names_are_refused(name):
    assert "strange" in refused(workbook(parts={name: "a"}))


def test_too_many_parts_are_refused():
    assert "Too many" in refused(workbook(parts={f"a{n}": "" for n in range(1001)}))


def test_a_workbook_with_macros_is_refused_with_a_cure():
    assert "macros" in refused(workbook(parts={"xl/vbaProject.bin": "a"}))


def test_other_kinds_of_spreadsheets_are_refused_with_a_cure():
    assert ".xlsx" in refused(packed({"content.xml": "<a/>"}))
    assert ".xlsx" in refused(packed({"xl/workbook.bin": "a"}))


def test_a_password_is_told():
    content = bytearray(workbook())
    for sign, place in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = content.find(sign) + place
        content[at] |= 1
    assert "password" in refused(bytes(content))


@pytest.mark.parametrize("content", [b"code,kind\n", b"PK\3\4 and nothing else"])
def test_what_is_no_spreadsheet_is_told(content):
    assert "XLSX" in refused(content) or "xlsx" in refused(content)


def test_an_encrypted_or_old_workbook_is_told_whatever_its_name():
    assert "password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_half_a_file_is_refused():
    content = workbook(sheet([text("code")], [text(noise(10_000))]))
    assert refused(content[: len(content) // 2])


def test_damage_inside_is_refused():
    content = bytearray(workbook(sheet([text("code")], [text(noise(10_000))])))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.getinfo(SHEET).header_offset + 200
    content[at : at + 50] = bytes(50)
    assert "damaged" in refused(bytes(content))


@pytest.mark.parametrize(
    "inside",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="x"/>',
        '<row r="9999999"/>',
        '<row><c r="1A"><v>1</v></c></row>',
        '<row><c t="s"><v>7</v></c></row>',
        "<row><c>",
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(inside):
    assert refused(workbook(sheet_of(inside)))


def test_too_many_merged_ranges_are_refused():
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 200))
    assert "merged" in refused(workbook(sheet([text("code")], after=merged)))


def test_a_workbook_without_a_sheet_is_refused():
    assert "no sheet" in refused(workbook(workbook="<workbook/>"))
    assert refused(packed({**AROUND}))


def test_a_longer_file_takes_no_more_memory():
    def read(rows):
        content = as_xlsx([{"code": f"CI-{n}", "title_en": "A title"} for n in range(rows)])
        return peak(lambda: sum(1 for _row in table(content)))

    assert read(5_000) < 1.2 * read(500) + MIB
