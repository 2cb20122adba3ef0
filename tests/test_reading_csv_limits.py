"""Text files that are meant to fill the memory are refused early, with the place and the cure."""

import io
import tracemalloc

import pytest

from initiatives.imports.reading import Unreadable, limits, open_table
from tests.reading import as_csv, table

pytestmark = pytest.mark.once
MIB = limits.MIB


class Endless(io.RawIOBase):
    """A file of many bytes, none of which exist before they are read."""

    def __init__(self, begin, repeated, size):
        self._begin, self._repeated, self._size, self._at = begin, repeated, size, 0

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        self._at = offset + (self._size if whence == 2 else 0)
        return self._at

    def tell(self):
        return self._at

    def read(self, size=-1):
        size = min(size, self._size - self._at)
        start, self._at = self._at, self._at + size
        taken = self._begin[start : start + size]
        repeats = self._repeated * ((size - len(taken)) // len(self._repeated) + 1)
        return taken + repeats[: size - len(taken)]


def peak(read):
    """The most bytes that were held at once."""
    tracemalloc.start()
    read()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def refused(file):
    with pytest.raises(Unreadable) as error:
        list(open_table(file, "file.csv"))
    return error.value


@pytest.mark.parametrize(
    ("begin", "repeated"),
    [(b"", b"a"), (b"code,title_en\n1,", b"a"), (b'code,title_en\n1,"', b"a"), (b"", b"a,")],
    ids=["header", "cell", "quoted", "columns"],
)
def test_a_gigabyte_of_one_line_is_refused_in_little_memory(begin, repeated):
    file = Endless(begin, repeated, 200 * MIB)  # the length beyond the limits makes no difference
    assert peak(lambda: refused(file)) < 100 * MIB


def test_ten_million_columns_are_refused():
    assert "columns" in refused(io.BytesIO(b"code," * 2000)).message
    assert refused(Endless(b"code", b",a", 20_000_000)).row == 1


def test_files_that_are_too_large_are_not_begun():
    assert "MiB" in refused(Endless(b"code\n", b"a\n", limits.FILE + 1)).message


@pytest.mark.parametrize("rows", [3, 20_000])
def test_a_quotation_mark_that_is_never_closed_is_named(rows):
    text = 'code,title_en\n1,a\n2,b\n3,"c\n' + "4,d\n" * rows
    error = refused(io.BytesIO(text.encode()))
    assert (error.row, "never closed" in error.message) == (4, True)


def test_a_quotation_mark_that_swallows_rows_up_to_the_next_is_found():
    error = refused(io.BytesIO(b'code,title_en\n1,"a\n2,b\n3,"c"\n'))
    assert "quotation mark" in error.message


def test_a_cell_that_is_too_long_is_refused_with_its_row():
    text = "code,title_en\n1," + "a" * (limits.CELL + 1)
    assert refused(io.BytesIO(text.encode())).row == 2


@pytest.mark.parametrize("content", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(Unreadable):
        table(content)


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..", b"%PDF-1.7", b"<html>"])
def test_files_of_other_kinds_are_refused_with_a_cure(content):
    assert "CSV" in refused(io.BytesIO(content)).message


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unreadable):
        open_table(tmp_path / "none.csv")


def test_a_path_is_read_as_often_as_asked(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(as_csv([{"code": "1"}, {"code": "2"}]))
    found = open_table(path)
    assert [row.number for row in found] == [row.number for row in found] == [2, 3]


def test_a_longer_file_takes_no_more_memory():
    def read(rows):
        file = Endless(b"code,title_en\n", b"CI-2025-0001,A title of some length\n", rows * 36)
        return peak(lambda: sum(1 for _row in open_table(file, "file.csv")))

    assert read(10_000) < 1.2 * read(1_000) + MIB
