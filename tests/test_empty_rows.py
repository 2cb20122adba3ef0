"""A file of millions of empty rows is refused after the first of them, whatever its format: with
the place, the cure, and neither time nor memory."""

import re
import time
import tracemalloc

import pytest

from initiatives.imports.reading import Unreadable
from tests import opendocument, reading

pytestmark = pytest.mark.once
SECONDS, KIB = 5, 4096  # measured of CSV: 0.3 seconds at most and 750 KiB
HEADER = b"code,title_en\n"
MEGABYTES = 9 * 1024 * 1024


def delimited(row):
    return HEADER + row * (MEGABYTES // len(row))


def workbook():
    head = reading.sheet([reading.text("code")])
    return reading.workbook(head.replace("</sheetData>", "<row/>" * 1_000_000 + "</sheetData>"))


def open_document():
    head, empty = [opendocument.text("code")], "<table:table-row/>" * 800_000
    return opendocument.document(opendocument.sheet(head, empty))


FILES = {
    "lines": lambda: delimited(b"\n"),
    "lines of Windows": lambda: delimited(b"\r\n"),
    "lines of old": lambda: delimited(b"\r"),
    "commas": lambda: delimited(b",\n"),
    "spaces": lambda: delimited(b" , \n"),
    "empty quotes": lambda: delimited(b'"",""\n'),
    "UTF-16": lambda: (HEADER.decode() + "\n" * (MEGABYTES // 2)).encode("utf-16"),
    "XLSX": workbook,
    "ODS": open_document,
}


@pytest.mark.parametrize("kind", FILES)
def test_rows_that_hold_nothing_are_refused_at_once(kind):
    content = FILES[kind]()
    begun = time.process_time()
    with pytest.raises(Unreadable) as refusal:
        reading.cells(content)
    assert time.process_time() - begun < SECONDS
    message = str(refusal.value)
    assert re.search(r"More than 50000 empty rows follow row 1\. Delete them", message)


@pytest.mark.parametrize("kind", ["lines", "XLSX", "ODS"])
def test_and_fill_no_memory(kind):
    content = FILES[kind]()
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable):
            reading.cells(content)
        assert tracemalloc.get_traced_memory()[1] < KIB * 1024
    finally:
        tracemalloc.stop()


def test_lines_without_a_header_are_told_as_an_empty_file():
    with pytest.raises(Unreadable, match="The file is empty"):
        reading.cells(b"\n" * MEGABYTES)


def test_a_file_that_begins_with_them_is_told_so():
    content = ("\n" * (MEGABYTES // 2) + "code\n1\n").encode("utf-16")
    with pytest.raises(Unreadable, match="The file begins with more than 50000 empty rows"):
        reading.cells(content)
