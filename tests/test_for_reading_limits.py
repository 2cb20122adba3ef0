"""What the format cannot hold is told in the file, and what cannot be given is refused."""

import gc
import io
import os
import re
import tempfile
import zipfile

import openpyxl
import pytest
from django.utils.translation import override

from initiatives import actions
from initiatives.exchange import cell_limits, workbook
from initiatives.exchange.names import Names
from initiatives.exchange.workbook import book as writer
from initiatives.imports.reading import open_table
from initiatives.imports.reading.table import Unreadable
from initiatives.public.pages import reading_file
from tests import factories as make
from tests.register import known_since
from tests.workbooks import ADDRESS, fetched, opened, read_me, rows, values

pytestmark = [pytest.mark.django_db, pytest.mark.once]
READING = ADDRESS.format("en", "")
FORMULA = "=HYPERLINK('https://evil.example','x')"


def not_fitting(book):
    return read_me(book)["What did not fit"]


def test_no_text_becomes_a_formula_or_a_link(client):
    made = make.make_initiative(title_en=FORMULA, summary_en="https://evil.example/")
    make.make_milestone(made, "@SUM(1)")
    make.cite(made, make.make_source(title="+1+1", url=""), locator="-2", quote="\t=1")
    content = fetched(client)
    book = openpyxl.load_workbook(io.BytesIO(content))
    (cells,) = rows(book, "Initiatives")
    assert (cells["Title"].value, cells["Title"].data_type) == (FORMULA, "s")
    assert cells["Title"].number_format == "@"  # so that editing it does not make one either
    assert cells["Summary"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 7
        assert not any(re.search(rb"<f[ >]", archive.read(name)) for name in sheets)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "internal:Money!A1", "file:///etc/passwd"])
def test_only_addresses_of_the_web_are_links(client, url):
    made = make.make_initiative()
    make.cite(made, make.make_source(url=url))
    book = opened(client)
    (cells,) = rows(book, "Sources")
    assert (cells["Address"].value, cells["Address"].hyperlink) == (url, None)
    assert not_fitting(book) == "Sources: 1 address is a text and no link."


@pytest.mark.parametrize("letter", ["a", "ы", "😀"])
def test_a_text_too_long_for_a_cell_says_so(client, letter):
    make.make_initiative(summary_en=letter * 40_000)
    book = opened(client)
    text = values(book, "Initiatives")[0]["Summary"]
    assert len(text.encode("utf-16-le")) // 2 <= cell_limits.LONGEST
    assert text.startswith(letter)
    assert cell_limits.CUT in text
    assert not_fitting(book) == (
        "Initiatives: 1 text was longer than a cell can hold and says so at its end."
    )


def test_a_sign_that_no_cell_holds_is_taken_out_and_told(client, monkeypatch):
    monkeypatch.setattr(Names, "sector", lambda self, slug: "Ro\x07ad")
    make.make_initiative()
    book = opened(client)
    assert values(book, "Initiatives")[0]["Sectors"] == "Road"
    assert "Initiatives: 1 text had signs" in not_fitting(book)


@pytest.mark.parametrize(
    ("amount", "told"),
    [("999999999999999", 999999999999999), ("0.125", 0.125), ("-12.50", -12.5)],
)
def test_an_amount_is_the_number_that_it_is(client, amount, told):
    make.make_funding(make.make_initiative(), amount)
    book = opened(client)
    (cells,) = rows(book, "Money")
    assert (cells["Amount"].value, cells["Amount"].data_type) == (told, "n")


def test_an_amount_that_would_lose_digits_is_a_text(client):
    make.make_funding(make.make_initiative(), "8999999999999999.99")
    book = opened(client)
    assert values(book, "Money")[0]["Amount"] == "8999999999999999.99"
    assert "Money: 1 amount has more digits" in not_fitting(book)


@pytest.mark.parametrize("day", ["1899-12-31", "1900-02-28", "1024"])
def test_a_day_that_spreadsheets_count_differently_is_a_text(client, day):
    make.make_initiative(planned_start=day)
    assert values(opened(client), "Initiatives")[0]["Planned start"] == day


def test_links_and_rows_beyond_what_a_sheet_holds_are_told(client, monkeypatch):
    monkeypatch.setattr(writer, "MOST_LINKS", 1)
    monkeypatch.setattr(writer, "MOST_ROWS", 4)
    one, _other = make.make_initiatives(2)
    for number in range(5):
        make.make_milestone(one, f"Step {number}")
    book = opened(client)
    assert len(values(book, "Milestones")) == 3
    assert [row["Code"].hyperlink is None for row in rows(book, "Initiatives")] == [False, True]
    told = not_fitting(book).splitlines()
    assert "Milestones: 2 rows had no room. Narrow the list, or download CSV." in told
    assert "Initiatives: 1 address is a text and no link." in told


def test_many_currencies_share_a_format(client, monkeypatch):
    monkeypatch.setattr(writer, "_CURRENCIES", 1)
    made = make.make_initiative()
    for currency in ("USD", "EUR", "KZT"):
        make.make_funding(made, "5", currency=currency)
    found = [cells["Amount"] for cells in rows(opened(client), "Money")]
    assert [cell.value for cell in found] == [5, 5, 5]
    assert [cell.number_format for cell in found] == ['"USD" #,##0', "#,##0.###", "#,##0.###"]


@pytest.mark.parametrize("value", ["zzz", "Reading", "reading,reading", "%00", "9" * 5000])
def test_another_use_is_refused_with_the_one_that_is_known(client, value):
    response = client.get(f"/en/initiatives.xlsx?for={value}")
    assert response.status_code == 400
    assert "reading" in response.json()["errors"]["for"][0]


@pytest.mark.parametrize("suffix", ["csv", "json", "iati.xml"])
def test_other_files_know_no_use(client, suffix):
    assert client.get(f"/en/initiatives.{suffix}?for=reading").status_code == 400


def test_an_empty_use_is_the_technical_file(client):
    make.make_initiative()
    content = b"".join(client.get("/en/initiatives.xlsx?for="))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Initiatives"]


def test_columns_cannot_be_chosen(client):
    response = client.get(f"{READING}columns=code")
    assert response.status_code == 400
    assert "its own columns" in response.json()["errors"]["columns"][0]


@pytest.mark.parametrize("query", ["status=zzz", "nonsense=1", "page_size=0", "as_of=2999-13-01"])
def test_a_wrong_filter_is_refused(client, query):
    assert client.get(f"{READING}{query}").status_code == 400


def test_more_rows_than_it_takes_are_refused(client, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    make.make_initiatives(2)
    response = client.get(READING)
    assert response.status_code == 400
    assert "CSV" in response.json()["detail"]


def test_one_large_file_is_made_at_a_time(client, monkeypatch):
    monkeypatch.setattr(reading_file, "LARGE", 1)
    monkeypatch.setattr(reading_file, "SMALL", 0)
    make.make_initiatives(2)
    with reading_file._large:
        refused = client.get(READING)
    assert (refused.status_code, refused["Retry-After"]) == (429, "180")
    assert "CSV" in refused.json()["detail"]
    assert fetched(client)
    assert reading_file._large._value == 1


def test_two_files_that_are_not_small_are_made_at_a_time(client, monkeypatch):
    make.make_initiatives(2)
    with reading_file._middling, reading_file._middling:
        assert fetched(client)  # a small one waits for nobody
        monkeypatch.setattr(reading_file, "SMALL", 1)
        refused = client.get(READING)
        assert (refused.status_code, refused["Retry-After"]) == (429, "60")
        assert "Other spreadsheets are being made" in refused.json()["detail"]
    with reading_file._middling:
        assert fetched(client)
    assert reading_file._middling._value == reading_file.AT_ONCE


def test_head_makes_no_file(client, monkeypatch):
    make.make_initiative()
    whole = client.get(READING)
    assert len(b"".join(whole)) == int(whole["Content-Length"])
    monkeypatch.setattr(workbook, "written", None)
    head = client.head(READING)
    for name in ("Content-Type", "Content-Disposition", "ETag", "Last-Modified"):
        assert head[name] == whole[name]
    assert head.content == b""


def test_who_has_it_already_gets_304_until_something_changes(client):
    made = make.make_initiative()
    known_since()
    first = client.get(READING)
    assert b"".join(first)
    assert first["Cache-Control"] == "public, no-cache"
    for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = client.get(READING, headers={name: first[value]})
        assert (again.status_code, again.content) == (304, b"")
    technical = client.get("/en/initiatives.xlsx")
    assert technical["ETag"] != first["ETag"]
    made.title_en = "Another"
    actions.save(made, by=None)
    changed = client.get(READING, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, bool(b"".join(changed))) == (200, True)


def test_nothing_stays_behind_when_it_fails(client, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(writer.Book, "close", lambda self: 1 / 0)
    make.make_initiative()
    with pytest.raises(ZeroDivisionError):
        client.get(READING)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_it_is_not_taken_for_a_file_to_be_imported(client, language):
    made = make.make_initiative()
    make.make_milestone(made)
    known_since()
    book = openpyxl.load_workbook(io.BytesIO(fetched(client, language=language)))
    for place, sheet in enumerate(book.worksheets[:-1]):
        lines = [",".join(f'"{cell or ""}"' for cell in row) for row in sheet.values]
        refused_as_import("\r\n".join([*lines, ""]).encode(), "saved.csv")
        assert place or refused_as_import(fetched(client, language=language), "file.xlsx")


def refused_as_import(content, name):
    with override("en"), pytest.raises(Unreadable, match="Take the technical file"):
        open_table(io.BytesIO(content), name)
    return True


def test_a_table_of_people_with_the_same_words_is_read(db):
    titles = (
        "Code,Status,In this status since,Delivered,Kind,Countries,Sectors,Organisations,"
        "Planned start,Planned end,Actual start,Actual end"
    )
    table = open_table(io.BytesIO(f"{titles}\r\n".encode()), "own.csv")
    assert table.columns[:2] == ["code", "status"]


def test_an_answer_that_nobody_reads_lets_go_of_its_file(client, monkeypatch):
    made, write = [], workbook.written

    def kept(*given):
        made.append(write(*given))
        return made[-1]

    monkeypatch.setattr(workbook, "written", kept)
    make.make_initiative()
    assert client.get(READING).status_code == 200
    gc.collect()
    assert [file.closed for file in made] == [True]
